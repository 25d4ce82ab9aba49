import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import {
  ApiError,
  ConnectionError,
  createImage,
  type FullClient,
  password,
  TimeoutError,
  ValidationError,
} from "../src/index.ts";
import { mayHaveReached } from "../src/transport/fetch-failure.ts";
import { tokenOf, virtual, world } from "./world.ts";

const image = { serverId: world.serverId, name: "image" };
const recreate = { path: { server_id: world.serverId }, body: { name: "image" } };

describe("a GET", () => {
  it.each([500, 502, 503, 504])("is repeated after %s", async (status) => {
    const { client, emulator, sent } = virtual();
    emulator.faults.add({ operation: "ShowImageServer", times: 2, effect: { type: "answer", status, body: {} } });
    expect(await client.showImageServer({ path: { server_id: world.serverId } })).toMatchObject({ status: "ACTIVE" });
    expect(sent).toHaveLength(3);
  });

  it("is not repeated for ever", async () => {
    const { client, emulator, sent } = virtual();
    emulator.faults.add({ operation: "ShowImageServer", times: 99, effect: { type: "cut", afterWork: false } });
    const error = await client.showImageServer({ path: { server_id: world.serverId } }).catch((reason) => reason);
    expect(error).toBeInstanceOf(ConnectionError);
    expect(sent).toHaveLength(5);
  });

  it("ends with what is known when a wait has taken longer than the call has time for", async () => {
    const made = virtual({ sleep: async () => made.pass(180_000) });
    const { client, emulator, sent } = made;
    emulator.faults.add({ operation: "ShowImageServer", times: 9, effect: { type: "answer", status: 503, body: {} } });
    const call = client.showImageServer({ path: { server_id: world.serverId } });
    await expect(call).rejects.toMatchObject({ name: "ApiError", status: 503 });
    expect(sent).toHaveLength(1);
  });

  it("ends with a time-out of one attempt when nothing answers", async () => {
    const { client } = virtual({ fetch: never, timeoutMs: 5, maxAttempts: 2 });
    await expect(client.showImageJob({ path: { job_id: "1" } })).rejects.toBeInstanceOf(TimeoutError);
  });
});

describe("a fetch that takes no notice of its signal", () => {
  it("does not keep a call from ending in time", async () => {
    const { client } = virtual({ fetch: () => new Promise(() => {}), timeoutMs: 5, maxAttempts: 2 });
    await expect(client.listImageServers()).rejects.toBeInstanceOf(TimeoutError);
  });

  it("does not keep a call from being aborted at once, in the middle of a body either", async () => {
    const body = new ReadableStream({ pull: () => new Promise(() => {}) });
    const { client } = virtual({ fetch: async () => new Response(body) });
    const controller = new AbortController();
    const call = client.listImageServers({}, { signal: controller.signal });
    setTimeout(() => controller.abort("enough"), 5);
    await expect(call).rejects.toBe("enough");
  });
});

describe("a failed connection", () => {
  const failed = (failure: object) => new TypeError("fetch failed", { cause: Object.assign(new Error("x"), failure) });

  it.each([
    [{ code: "ECONNREFUSED", syscall: "connect" }],
    [{ code: "ENOTFOUND", syscall: "getaddrinfo" }],
    [{ code: "UND_ERR_CONNECT_TIMEOUT" }],
    [{ code: "EHOSTUNREACH", syscall: "connect" }],
    [{ code: "DEPTH_ZERO_SELF_SIGNED_CERT" }],
    [{ code: "CERT_HAS_EXPIRED" }],
    [{ code: "UNABLE_TO_VERIFY_LEAF_SIGNATURE" }],
    [{ code: "ERR_TLS_CERT_ALTNAME_INVALID" }],
  ])("%j has certainly not reached the service", (failure) => {
    expect(mayHaveReached(failed(failure))).toBe(false);
  });

  it.each([
    [{ code: "ECONNRESET", syscall: "read" }],
    [{ code: "ETIMEDOUT", syscall: "read" }],
    [{ code: "EHOSTUNREACH", syscall: "read" }],
    [{ code: "ENETUNREACH", syscall: "write" }],
    [{ code: "UND_ERR_SOCKET" }],
    [{ code: "ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED" }],
    [{ code: "EPIPE" }],
    [{ code: "ECONNABORTED" }],
    [{ code: "UND_ERR_ABORTED" }],
    [{ code: "UND_ERR_HEADERS_TIMEOUT" }],
    [{ code: "ERR_HTTP2_STREAM_ERROR" }],
    [{ code: "A code that nobody knows" }],
    [{ code: 7 }],
    [{}],
  ])("%j may have reached the service", (failure) => {
    expect(mayHaveReached(failed(failure))).toBe(true);
    expect(mayHaveReached(Object.assign(new Error("x"), failure))).toBe(true);
  });

  it.each([undefined, null, "x", {}, { wasSent: false }, new DOMException("x", "AbortError")])(
    "%o, of which no phase is known, may have reached the service",
    (failure) => {
      expect(mayHaveReached(failure)).toBe(true);
    },
  );

  it("a port that fetch does not connect to has certainly not reached the service, and is named as the reason", async () => {
    const failure = await fetch("http://127.0.0.1:9/").catch((reason) => reason);
    expect(new ConnectionError("ShowImageJob", mayHaveReached(failure), failure)).toMatchObject({
      mayHaveReached: false,
      message: "ShowImageJob: the connection failed (fetch connects to no such port). The request was not sent.",
    });
  });
});

describe("a header that HTTP cannot carry", () => {
  it("is refused before anything is sent, and its value is not shown", async () => {
    const { client, sent } = virtual();
    const error = await client
      .listImageServers({}, { headers: { "X-Proxy": "secret\nsecret" } })
      .catch((reason) => reason);
    expect(error).toBeInstanceOf(ValidationError);
    expect(inspect(error, { showHidden: true })).not.toContain("secret");
    expect(sent).toEqual([]);
  });
});

describe("a token for one call", () => {
  it.each([
    ["token", (token: string) => ({ token })],
    ["a header", (token: string) => ({ headers: { "X-Auth-Token": token } })],
  ])("given as %s stands for the client's credentials", async (_what, options) => {
    const { client, emulator } = virtual({ credentials: () => Promise.reject(new Error("Not asked.")) });
    expect((await client.listImageServers({}, options(await tokenOf(emulator)))).items).toHaveLength(1);
  });
});

describe("a POST", () => {
  it("is repeated when it was throttled, after as long as the service asks", async () => {
    const { client, emulator, sent, now } = virtual();
    const before = now();
    const effect = { type: "answer", status: 429, headers: { "Retry-After": "7" } } as const;
    emulator.faults.add({ operation: "RecreateServerImage", effect });
    await client.recreateServerImage(recreate);
    expect(sent).toHaveLength(2);
    expect(now() - before).toBeGreaterThanOrEqual(7_000);
  });

  it("is repeated through a minute of throttling, and for no longer than its time", async () => {
    const body = { error_code: "APIGW.0308", error_msg: "Request throttled: limit:20,time:1 minute" };
    const made = virtual();
    const until = made.now() + 60_000;
    const fetch: typeof globalThis.fetch = async (input, init) =>
      made.now() < until ? Response.json(body, { status: 429 }) : made.emulator.fetch(input as string, init);
    const { client } = virtual({ ...made.client.settings, fetch });
    expect((await client.recreateServerImage(recreate)).job_id).toMatch(/^\d{18}$/);
    const call = client.recreateServerImage(recreate, { totalTimeoutMs: 20_000 });
    await expect(call).rejects.toMatchObject({ status: 400 });
    const ever = virtual({ fetch: async () => Response.json(body, { status: 429 }) });
    const before = ever.now();
    await expect(ever.client.recreateServerImage(recreate)).rejects.toMatchObject({ status: 429 });
    expect(ever.now() - before).toBeGreaterThan(60_000);
    expect(ever.now() - before).toBeLessThanOrEqual(180_000);
  });

  it.each([500, 502, 503, 504])("is not repeated by itself after %s", async (status) => {
    const { client, emulator, sent } = virtual();
    emulator.faults.add({ operation: "RecreateServerImage", effect: { type: "answer", status, body: {} } });
    await expect(client.recreateServerImage(recreate)).rejects.toMatchObject({ status });
    expect(sent).toHaveLength(1);
  });

  it("is repeated when the connection was refused, because nothing was sent", async () => {
    let calls = 0;
    const { client, emulator } = virtual();
    const { fetch } = client.settings;
    const flaky = virtual({
      fetch: (input, init) => {
        calls += 1;
        if (calls > 1) return emulator.fetch(input as string, init);
        const cause = Object.assign(new Error("connect"), { code: "ECONNREFUSED" });
        throw new TypeError("fetch failed", { cause });
      },
    });
    expect(fetch).toBeDefined();
    expect((await flaky.client.recreateServerImage(recreate)).job_id).toMatch(/^\d{18}$/);
    expect(calls).toBe(2);
  });
});

describe("a request that was not sent because of what somebody has to mend", () => {
  it.each([
    ["a POST", (client: FullClient) => client.recreateServerImage(recreate)],
    ["a GET", (client: FullClient) => client.listImageServers()],
  ])("is not repeated, be it %s", async (_what, call) => {
    let calls = 0;
    const cause = Object.assign(new Error("x"), { code: "DEPTH_ZERO_SELF_SIGNED_CERT" });
    const { client } = virtual({
      fetch: () => {
        calls += 1;
        throw new TypeError("fetch failed", { cause });
      },
    });
    await expect(call(client)).rejects.toMatchObject({ mayHaveReached: false, isTransient: false });
    expect(calls).toBe(1);
  });
});

describe("what a request reads", () => {
  it("never comes from a cache", async () => {
    const modes: unknown[] = [];
    const { emulator } = virtual();
    const { client } = virtual({
      fetch: (input, init) => {
        modes.push(init?.cache);
        return emulator.fetch(input as string, init);
      },
    });
    await client.listImageServers();
    expect(modes).toEqual(["no-store"]);
  });

  it("shows the service's time, whatever the credentials", async () => {
    const { emulator, now } = virtual();
    const hours = 8 * 3_600_000;
    const { client } = virtual({
      now: () => now() - hours,
      fetch: emulator.fetch as typeof fetch,
      credentials: password(world.user),
    });
    await client.listImageServers();
    expect(Math.abs(client.serviceClock.now() - now())).toBeLessThan(2_000);
  });
});

describe("an answer that is none", () => {
  it.each([
    ["HTML from a proxy", { type: "body", body: "html" }, /not JSON.*<html>/],
    ["no body", { type: "body", body: "empty" }, /empty/],
    ["a body without job_id", { type: "answer", status: 200, body: { id: 1 } }, /names no job/],
    ["a body cut short", { type: "answer", status: 200, body: '{"job_id":"6973' }, /not JSON/],
  ] as const)("%s is an error with the request id, never a success", async (_what, effect, message) => {
    const { client, emulator } = virtual();
    emulator.faults.add({ operation: "RecreateServerImage", effect });
    const error = await client.recreateServerImage(recreate).catch((reason) => reason);
    expect(error).toBeInstanceOf(ApiError);
    expect(error.message).toMatch(message);
    expect(error.requestId).toMatch(/^[0-9a-f]{32}$/);
    expect(error.message).toContain(error.requestId);
  });

  it("names no time to wait, which was not meant for it", async () => {
    const { client, emulator } = virtual();
    const headers = { "Retry-After": "Sun, 01 Nov 2026 00:00:30 GMT" };
    emulator.faults.add({
      operation: "RecreateServerImage",
      effect: { type: "answer", status: 200, body: "<html>", headers },
    });
    const error = await client.recreateServerImage(recreate).catch((reason) => reason);
    expect(error.status).toBe(200);
    expect(error.retryAfterMs).toBeUndefined();
  });

  it("a number without loss, beside an id that is none", async () => {
    const { client, emulator } = virtual();
    const body =
      '{"items":[],"count":0.1234567890123456,"id":1234567890123456789,"big":1e400,"text":"1234567890123456789,"}';
    emulator.faults.add({ operation: "ListImageServers", effect: { type: "answer", status: 200, body } });
    expect(await client.listImageServers()).toMatchObject({
      count: 0.1234567890123456,
      id: "1234567890123456789",
      text: "1234567890123456789,",
    });
  });

  it("an answer can be read again by who is given it", async () => {
    const { client } = virtual();
    const seen: Promise<unknown>[] = [];
    const onResponse = (response: Response) => seen.push(response.json(), response.text());
    const list = await client.listImageServers({}, { onResponse });
    expect(await Promise.all(seen)).toEqual([list, JSON.stringify(list)]);
  });

  it("a redirect is never followed", async () => {
    const { client, emulator, sent } = virtual();
    const headers = { Location: "http://127.0.0.1:1/elsewhere" };
    emulator.faults.add({ operation: "RecreateServerImage", effect: { type: "answer", status: 307, headers } });
    await expect(client.recreateServerImage(recreate)).rejects.toThrow(/redirect, which is never followed/);
    expect(sent).toHaveLength(1);
  });

  it("an id that arrives as a number keeps its digits", async () => {
    const { client, emulator } = virtual();
    const body = '{"job_id": 697354472828968961}';
    emulator.faults.add({ operation: "RecreateServerImage", effect: { type: "answer", status: 200, body } });
    expect((await client.recreateServerImage(recreate)).job_id).toBe("697354472828968961");
  });
});

describe("an answer that sends the request back", () => {
  it.each([
    ["a token", { token: "se/cret+token==" }, "se/cret+token=="],
    ["a cookie", { headers: { Cookie: "session=secret" } }, "session=secret"],
  ])("shows no part of %s in an error", async (_what, options, secret) => {
    for (const status of [200, 400, 502]) {
      const echo = JSON.stringify({ echo: { header: secret } }).replaceAll("/", "\\/");
      const { client } = virtual({ fetch: async () => new Response(`${secret} ${echo}`, { status }), maxAttempts: 1 });
      const error = await client.listImageServers({}, options).catch((reason) => reason);
      expect(error).toBeInstanceOf(ApiError);
      const shown = inspect(error, { depth: 9, showHidden: true });
      expect(shown).toContain("***");
      expect(shown).not.toContain(secret);
      expect(shown).not.toContain(secret.replaceAll("/", "\\/"));
    }
  });

  it("shows no password of IAM", async () => {
    const fetch = async (_input: unknown, init?: RequestInit) => new Response(String(init?.body), { status: 400 });
    const { client } = virtual({ fetch: fetch as typeof globalThis.fetch, credentials: password(world.user) });
    const error = await client.listImageServers().catch((reason) => reason);
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(world.user.password);
  });
});

describe("credentials", () => {
  it("renews an expired token once, however many calls wait", async () => {
    const { client, emulator, sent, pass } = virtual({ credentials: password(world.user) });
    await client.listImageServers();
    pass(25 * 3_600_000);
    emulator.state.tokens.clear();
    await Promise.all(Array.from({ length: 5 }, () => client.listImageServers()));
    expect(sent.filter((line) => line === "POST tokens")).toHaveLength(2);
  });

  it("renews once and repeats once when the service says that the token has expired", async () => {
    const { client, emulator, sent } = virtual({ credentials: password(world.user) });
    await client.listImageServers();
    emulator.state.tokens.clear();
    await createImage(client, image);
    expect(sent.filter((line) => line === "POST tokens")).toHaveLength(2);
    expect(sent.filter((line) => line.endsWith(world.serverId))).toHaveLength(2);
    expect(sent.filter((line) => line.endsWith("recreate-image"))).toHaveLength(1);
  });

  it("corrects its clock when the service refuses the date of a signature", async () => {
    const off = 3 * 3_600_000;
    const { emulator } = virtual();
    const { client, sent } = virtual({ now: () => Date.UTC(2026, 10, 1) - off, fetch: emulator.fetch });
    await client.listImageServers();
    await client.listImageServers();
    expect(emulator.requests.map(({ status }) => status)).toEqual([401, 200, 200]);
    expect(sent).toEqual([]);
  });

  it("corrects its clock for calls that are under way together", async () => {
    const { emulator } = virtual();
    const { client } = virtual({ now: () => Date.UTC(2026, 10, 1) + 3_600_000, fetch: emulator.fetch });
    await Promise.all(Array.from({ length: 3 }, () => client.listImageServers()));
    expect(emulator.requests.filter(({ status }) => status === 200)).toHaveLength(3);
  });

  it("names the permission that is missing", async () => {
    const { client, emulator } = virtual();
    const effect = { type: "answer", status: 403, body: { error_code: "WKS.00081102", error_msg: "no" } } as const;
    emulator.faults.add({ operation: "RecreateServerImage", effect });
    await expect(client.recreateServerImage(recreate)).rejects.toThrow(
      /needs the permission workspace:imageServer:recreate/,
    );
  });
});

describe("client.http", () => {
  it("sends by path, with validation and credentials inside", async () => {
    const { client } = virtual();
    const path = { project_id: world.projectId, server_id: world.serverId };
    const url = "/v1/{project_id}/image-servers/{server_id}/actions/recreate-image";
    const { data, response } = await client.http.POST(url, { params: { path }, body: { name: "image" } });
    expect(data?.job_id).toMatch(/^\d{18}$/);
    expect(response.headers.get("X-Request-Id")).toMatch(/^[0-9a-f]{32}$/);
    await expect(client.http.POST(url, { params: { path }, body: { name: "" } })).rejects.toBeInstanceOf(
      ValidationError,
    );
  });

  it("sends no header whose value is undefined", async () => {
    const { client } = virtual();
    const params = { path: { project_id: world.projectId }, header: { "X-Auth-Token": undefined as never } };
    const { response } = await client.http.GET("/v1/{project_id}/image-servers", { params });
    expect(response.status).toBe(200);
  });

  it("takes the method in lower case, as its types spell it, and signs it as it is sent", async () => {
    const { client, emulator, sent } = virtual();
    emulator.faults.add({ operation: "ListImageServers", effect: { type: "answer", status: 503, body: {} } });
    const params = { path: { project_id: world.projectId } };
    const { data } = await client.http.request("get", "/v1/{project_id}/image-servers", { params });
    expect(data?.items).toHaveLength(1);
    expect(sent).toEqual(["GET image-servers", "GET image-servers"]);
  });
});

function never(_input: unknown, init?: RequestInit): Promise<Response> {
  return new Promise((_resolve, reject) => {
    init?.signal?.addEventListener("abort", () => reject(new DOMException("aborted", "AbortError")));
  });
}
