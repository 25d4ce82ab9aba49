import { mkdtempSync, writeFileSync } from "node:fs";
import type { Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";
import { afterAll, describe, expect, it } from "vitest";
import { accessKey, ConnectionError, createClient } from "../src/index.ts";
import { type NodeFetchOptions, nodeFetch } from "../src/node/index.ts";
import { certificate, echo, forwardProxy, listen, resetting } from "./loopback-servers.ts";
import { world } from "./world.ts";

const servers: Server[] = [];
const start = (server: Server) => {
  servers.push(server);
  return listen(server);
};
afterAll(() => {
  for (const server of servers) {
    server.close();
    (server as { closeAllConnections?: () => void }).closeAllConnections?.();
  }
});

const [own, foreign, old] = await Promise.all([
  certificate(),
  certificate("other.example"),
  certificate(undefined, Date.now() - 60_000),
]);
const ca = join(mkdtempSync(join(tmpdir(), "aps-connections-")), "company.pem");
writeFileSync(ca, [own, foreign, old].map(({ cert }) => cert).join("\n"));

const at = async (server: Server) => `127.0.0.1:${await start(server)}`;
const [plain, secure, otherHost, expired, resets] = await Promise.all([
  at(echo()),
  at(echo(own)),
  at(echo(foreign)),
  at(echo(old)),
  at(resetting()),
]);
const [proxy, strictProxy, secureProxy] = await Promise.all([
  at(forwardProxy()),
  at(forwardProxy({ login: "me:pass hidden" })),
  at(forwardProxy({ secure: own })),
]);
/** Nothing listens there. */
const dead = "127.0.0.1:1";

const open = (options: NodeFetchOptions) => nodeFetch({ environment: {}, ...options });

describe("a request reaches", () => {
  it.each<[string, string, NodeFetchOptions]>([
    ["a host with http", `http://${plain}`, {}],
    ["a host whose certificate the option ca names", `https://${secure}`, { ca }],
    [
      "a host whose certificate NODE_EXTRA_CA_CERTS names",
      `https://${secure}`,
      { environment: { NODE_EXTRA_CA_CERTS: ca } },
    ],
    ["a host without the proxy, by NO_PROXY", `http://${plain}`, { proxy: dead, noProxy: "127.0.0.0/8" }],
    [
      "a host without the proxy, by the variable",
      `http://${plain}`,
      { environment: { HTTP_PROXY: dead, NO_PROXY: "example.com, 127.0.0.1" } },
    ],
    [
      "a host without a proxy, as the option says",
      `http://${plain}`,
      { proxy: false, environment: { http_proxy: dead } },
    ],
    ["https behind a proxy", `https://${secure}`, { ca, environment: { all_proxy: `http://${proxy}` } }],
    ["https behind a proxy with https", `https://${secure}`, { ca, proxy: `https://${secureProxy}` }],
    [
      "https behind a proxy that wants a login",
      `https://${secure}`,
      { ca, environment: { HTTPS_PROXY: `me:pass%20hidden@${strictProxy}` } },
    ],
  ])("%s", async (_what, origin, options) => {
    const response = await open(options)(`${origin}/a?b=1`);
    expect([response.status, response.headers.get("via"), await response.json()]).toEqual([
      200,
      null,
      { path: "/a?b=1" },
    ]);
  });

  it.each<[string, NodeFetchOptions]>([
    ["named by a variable in lower case, without a scheme", { environment: { http_proxy: proxy } }],
    ["that wants a login", { environment: { HTTP_PROXY: `me:pass%20hidden@${strictProxy}` } }],
  ])("http through a proxy %s", async (_what, options) => {
    const response = await open(options)(`http://${plain}/a?b=1`);
    expect([response.status, response.headers.get("via"), await response.json()]).toEqual([
      200,
      "1.1 proxy",
      { path: "/a?b=1" },
    ]);
  });

  it("a host as a whole Request, and the answer is a Response", async () => {
    const response = await open({})(new Request(`http://${plain}/x`, { method: "POST", body: "abc" }));
    expect(response).toBeInstanceOf(Response);
    expect(response.headers.get("content-type")).toBe("application/json");
    expect(await new Response(response.body, response).json()).toEqual({ path: "/x" });
  });
});

/** What a call of the client fails with. */
async function failure(endpoint: string, options: NodeFetchOptions): Promise<ConnectionError> {
  const client = createClient({
    region: world.region,
    projectId: world.projectId,
    endpoint,
    credentials: accessKey(world.key),
    maxAttempts: 1,
    fetch: open(options),
  });
  const { error } = await client.http
    .GET("/v1/{project_id}/image-servers", { params: { path: { project_id: world.projectId } } })
    .catch((error) => ({ error }));
  expect(error).toBeInstanceOf(ConnectionError);
  return error as unknown as ConnectionError;
}

describe("a request that fails says where the fault is, what mends it, and that it was not sent:", () => {
  it.each<[string, string, NodeFetchOptions, RegExp, boolean]>([
    ["an unknown certificate", `https://${secure}`, {}, /is not trusted.*NODE_EXTRA_CA_CERTS/, false],
    [
      "a certificate for another host",
      `https://${otherHost}`,
      { ca },
      /is for another host\. Check the endpoint/,
      false,
    ],
    ["an expired certificate", `https://${expired}`, { ca }, /has expired.*Check this machine's clock/, false],
    ["https where http is spoken", `https://${plain}`, {}, /does not speak TLS.*http instead of https/, false],
    ["a connection reset before it stands", `https://${resets}`, {}, /ECONNRESET/, true],
    ["a port where nothing listens", `https://${dead}`, {}, /127\.0\.0\.1:1 cannot be reached \(ECONNREFUSED\)/, true],
    [
      // No name has a part of more than 63 characters, so nobody is asked for it.
      "a host that is not found",
      `https://${"a".repeat(64)}.invalid`,
      {},
      /is not found\. Check the endpoint, and whether a proxy is needed/,
      true,
    ],
    [
      "a dead proxy for https",
      `https://${secure}`,
      { environment: { HTTPS_PROXY: `me:hidden@${dead}` } },
      /the proxy http:\/\/127\.0\.0\.1:1 \(HTTPS_PROXY\) cannot be reached.*Check HTTPS_PROXY \(ECONNREFUSED\)/,
      true,
    ],
    [
      "a dead proxy for http",
      `http://${plain}`,
      { environment: { HTTP_PROXY: `me:hidden@${dead}` } },
      /the proxy http:\/\/127\.0\.0\.1:1 \(HTTP_PROXY\) cannot be reached.*Check HTTP_PROXY \(ECONNREFUSED\)/,
      true,
    ],
    [
      "an unknown certificate behind a proxy",
      `https://${secure}`,
      { environment: { all_proxy: `http://${proxy}` } },
      /is not trusted.*NODE_EXTRA_CA_CERTS/,
      false,
    ],
    [
      "an unknown certificate of the proxy itself",
      `https://${secure}`,
      { proxy: `https://me:hidden@${secureProxy}` },
      /the certificate of 127\.0\.0\.1:\d+ is not trusted/,
      false,
    ],
    [
      "a proxy that does not reach the host",
      `https://${dead}`,
      { environment: { all_proxy: `http://${proxy}` } },
      /the proxy http:\S+ \(all_proxy\) answered with status 502 instead of connecting to 127\.0\.0\.1:1.*NO_PROXY/,
      true,
    ],
    [
      "a proxy that wants a login, for https",
      `https://${secure}`,
      { ca, environment: { HTTPS_PROXY: strictProxy } },
      /the proxy http:\S+ \(HTTPS_PROXY\) answered with status 407.*Put one into HTTPS_PROXY/,
      false,
    ],
    [
      "a proxy that takes another login, for https",
      `https://${secure}`,
      { ca, environment: { HTTPS_PROXY: `me:hidden@${strictProxy}` } },
      /the proxy http:\S+ \(HTTPS_PROXY\) answered with status 407.*Check the one in HTTPS_PROXY/,
      false,
    ],
    [
      "a proxy that takes another login, for http",
      `http://${plain}`,
      { environment: { HTTP_PROXY: `http://me:hidden@${strictProxy}` } },
      /the proxy http:\S+ \(HTTP_PROXY\) answered with status 407.*Check the one in HTTP_PROXY/,
      false,
    ],
    [
      "a proxy that speaks SOCKS",
      `http://${plain}`,
      { environment: { ALL_PROXY: `socks5://me:hidden@${dead}` } },
      /ALL_PROXY must be the URL of an http or https proxy.*given was "socks5:\/\/\*\*\*@127\.0\.0\.1:1"/,
      false,
    ],
  ])("%s", async (_what, endpoint, options, message, isTransient) => {
    const error = await failure(endpoint, options);
    expect(error.message).toMatch(message);
    expect(error.message).toMatch(/The request was not sent\.$/);
    expect(error).toMatchObject({ mayHaveReached: false, isTransient });
    const shown = inspect(error, { depth: 20, showHidden: true });
    for (const secret of ["hidden", Buffer.from("me:hidden").toString("base64")]) expect(shown).not.toContain(secret);
  });
});

it.each([
  ["when the connection is reset", resets],
  ["when https is spoken where http was expected", secure],
])("a request that was written may have reached the service %s", async (_when, host) => {
  const error = await failure(`http://${host}`, {});
  expect(error).toMatchObject({ mayHaveReached: true, isTransient: true });
  expect(error.message).toMatch(/the connection to 127\.0\.0\.1:\d+ broke off.*may have reached the service\.$/);
});

it("a file of certificates that cannot be read is named at once", () => {
  expect(() => open({ ca: `${ca}.missing` })).toThrow(/company\.pem\.missing" does not exist/);
  expect(() => open({ proxy: "ftp://eva:secret@proxy", names: { proxy: "--proxy" } })).toThrow(
    '--proxy must be the URL of an http or https proxy, such as http://proxy:3128; given was "ftp://***@proxy".',
  );
});

it("closing right after a request lets it end, however it was made, and nothing is sent later", async () => {
  for (const request of [`http://${plain}/first`, new Request(`http://${plain}/first`)]) {
    const fetch = open({});
    const sent = fetch(request);
    await fetch.close();
    expect(await (await sent).json()).toEqual({ path: "/first" });
    await expect(fetch(`http://${plain}/second`)).rejects.toThrow("its connections are closed");
  }
});
