// Bytes on a connection that are nearly requests. What is a request but means nothing is tried in fuzz.test.ts.

import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { expect, it, vi } from "vitest";
import { roundsOf } from "../../../scripts/suite/rounds.ts";
import { routes } from "../src/generated/contract.ts";
import { useEmulator } from "../src/vitest/index.ts";
import { tokenRequest, world } from "./call.ts";
import { exampleBody, requiredQuery } from "./example-call.ts";
import { exchange, type RawReply } from "./raw-socket.ts";
import { sign } from "./sign.ts";

/** Requests; `npm run soak` sends 50,000, the ordinary tests a share of them. */
const requests = roundsOf({ usual: 1_000, long: 50_000 }, import.meta.env.MODE);
const atOnce = 64;

const test = useEmulator({ speed: 0 });

const bytes = (text: string) => Buffer.from(text, "latin1");
const pathOf = (template: string) =>
  template.replace("{project_id}", world.projectId).replace(/\{\w+\}/, world.serverId);
const nested = (depth: number, open: string, close: string) => open.repeat(depth) + close.repeat(depth);

const odd = fc.constantFrom(
  ...["", "%", "%zz", "%00", "%2F", "%2e%2e", "%E4%B8", "%ff", "..", "//", ";x=1", "\\", "#", "?", "*", "\x7f", "\xe9"],
);
const target = fc.oneof(
  fc.constantFrom(...routes.map(({ path }) => pathOf(path))),
  fc
    .tuple(fc.constantFrom(...routes.map(({ path }) => pathOf(path))), odd, odd)
    .map(([path, a, b]) => `${path}${a}/${b}`),
  fc.constantFrom(
    "*",
    "/",
    "",
    "http://127.0.0.1/",
    "https://a:b@c/v3/projects",
    "127.0.0.1:80",
    "/__emulator/",
    "//v3",
  ),
);
const query = fc.array(fc.tuple(fc.constantFrom("limit", "offset", "job_type", "status", "name", "__proto__"), odd), {
  maxLength: 3,
});
const oddLine = fc
  .tuple(
    fc.constantFrom("GET", "POST", "PATCH", "PUT", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT", "FOO", "get", ""),
    target,
    query,
    fc.constantFrom("HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/9.9", "HTTP", ""),
  )
  .map(([method, path, pairs, version]) => {
    const text = pairs.map(([name, value]) => `${name}=${value}`).join("&");
    return `${method} ${path}${text === "" ? "" : `?${text}`} ${version}`;
  });
const rightLine = fc
  .constantFrom(...routes)
  .map((route) => `${route.method} ${pathOf(route.path)}?${requiredQuery(route)} HTTP/1.1`);
const line = fc.oneof(oddLine, rightLine);
const signed = sign({ method: "GET", path: pathOf(routes[0]?.path ?? ""), ...world.key, signed: ["x-sdk-date"] });
const authorization = Object.entries(signed.init.headers as Record<string, string>).map(
  ([name, value]) => `${name}: ${value}`,
);
const header = fc.oneof(
  fc.constantFrom(
    ...authorization,
    ...["Host: a", "Host:", "Connection: keep-alive", "Connection: Upgrade", "Upgrade: h2c", "Expect: 100-continue"],
    ...["Expect: x", "Transfer-Encoding: chunked", "Transfer-Encoding: gzip, chunked", "Transfer-Encoding: identity"],
    ...["Content-Length: 0", "Content-Length: 5", "Content-Length: -1", "Content-Length: 1e3", "Content-Length: 0x2"],
    ...["Content-Length: 99999999999999999999", "Content-Encoding: gzip", "Content-Type: text/plain; charset=utf-16"],
    ...[
      "Content-Type: ;",
      "Set-Cookie: a",
      "Cookie: a",
      "__proto__: a",
      "constructor: b",
      "X-Auth-Token:",
      "X-Auth-Token: \xff",
    ],
    ...[
      "X-Sdk-Date: 20261301T999999Z",
      "X-Security-Token: t",
      "X-Sdk-Content-Sha256: UNSIGNED-PAYLOAD",
      "TE: trailers",
    ],
    ...[
      "Range: bytes=0-0",
      "If-None-Match: *",
      "X-HTTP-Method-Override: DELETE",
      "no colon",
      ": no name",
      " folded",
      "\x00: a",
    ],
    `Authorization: SDK-HMAC-SHA256 Access=${world.key.id}, SignedHeaders=host;__proto__;set-cookie;x-sdk-date, Signature=${"0".repeat(64)}`,
  ),
  fc.string({ maxLength: 12 }).map((value) => `X-Odd: ${value}`),
);
const body = fc.oneof(
  fc.constantFrom(...routes.filter(({ hasBody }) => hasBody).map(exampleBody)).map((text) => Buffer.from(text)),
  fc
    .constantFrom(
      ...[
        "",
        "{",
        "null",
        "[]",
        "NaN",
        "1e999",
        '"\\ud800"',
        '{"name":"\\ud800"}',
        '{"__proto__":{"name":"a"}}',
        "\uFEFF{}",
      ],
      ...[
        '{"name":"a","name":1}',
        `{"name":${"9".repeat(400)}}`,
        nested(100_000, "[", "]"),
        nested(20_000, '{"a":', "}"),
      ],
    )
    .map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 30 }).map((some) => Buffer.from(some)),
  fc.constant(gzipSync('{"name":"a"}')),
);
const framing = fc.constantFrom<(some: Buffer) => readonly [string, Buffer]>(
  (some) => [`Content-Length: ${some.length}`, some],
  (some) => [`Content-Length: ${some.length + 7}`, some],
  (some) => [`Content-Length: ${Math.max(0, some.length - 1)}`, some],
  (some) => [
    "Transfer-Encoding: chunked",
    Buffer.concat([bytes(`${some.length.toString(16)}\r\n`), some, bytes("\r\n0\r\n\r\n")]),
  ],
  (some) => ["Transfer-Encoding: chunked", Buffer.concat([bytes(`${some.length.toString(16)};x=y\r\n`), some])],
  (some) => ["Transfer-Encoding: chunked", Buffer.concat([bytes("zz\r\n"), some])],
  (some) => ["X-None: 1", some],
);

/** Changes bytes anywhere: overwrites one, takes some out, sends some twice, or stops early. */
const change = fc.tuple(fc.constantFrom("overwrite", "remove", "repeat", "stop"), fc.nat(), fc.nat(40), fc.nat(255));
type Change = readonly [kind: string, at: number, length: number, byte: number];
function changed(some: Buffer, [kind, at, length, byte]: Change): Buffer {
  const from = at % Math.max(1, some.length);
  const [before, part, after] = [
    some.subarray(0, from),
    some.subarray(from, from + length),
    some.subarray(from + length),
  ];
  if (kind === "overwrite") return Buffer.concat([before, Buffer.from([byte]), some.subarray(from + 1)]);
  if (kind === "remove") return Buffer.concat([before, after]);
  if (kind === "repeat") return Buffer.concat([before, part, part, after]);
  return before;
}

const request = (token: string) =>
  fc
    .record({
      line,
      headers: fc.oneof(fc.constant([]), fc.array(header, { maxLength: 5 })),
      withToken: fc.boolean(),
      body,
      framing,
      changes: fc.oneof(fc.constant<Change[]>([]), fc.array(change, { maxLength: 2 })),
    })
    .map(({ line, headers, withToken, body, framing, changes }) => {
      const [frame, framed] = framing(body);
      const head = [
        "Host: 127.0.0.1",
        "Connection: close",
        ...headers,
        ...(withToken ? [`X-Auth-Token: ${token}`] : []),
        frame,
      ];
      let whole: Buffer = Buffer.concat([bytes(`${[line, ...head].join("\r\n")}\r\n\r\n`), framed]);
      for (const one of changes) whole = changed(whole, one);
      return whole;
    });

it(`${requests} requests that are nearly HTTP get documented answers only`, async () => {
  const defects = vi.spyOn(console, "error");
  const port = Number(new URL(test.url).port);
  const init = { method: "POST", body: JSON.stringify(tokenRequest()) };
  const token = (await fetch(`${test.url}/v3/auth/tokens`, init)).headers.get("X-Subject-Token") ?? "";
  const left = fc.sample(request(token), { numRuns: requests, seed: 12 });
  const documented = new Set([204, ...routes.flatMap(({ answers }) => Object.keys(answers).map(Number))]);
  const seen = new Map<number, number>();
  const sendAll = async () => {
    for (let bytes = left.pop(); bytes !== undefined; bytes = left.pop()) {
      for (const reply of await exchange(port, bytes, { endAfterMs: 30 })) {
        seen.set(reply.status, (seen.get(reply.status) ?? 0) + 1);
        const problem = problemOf(reply, documented);
        if (problem !== undefined) throw new Error(`${problem}: ${JSON.stringify([bytes.toString("latin1"), reply])}`);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, sendAll));
  expect(defects).not.toHaveBeenCalled();
  vi.restoreAllMocks();
  // The requests must get past the parser, the router and the gateway, or little was tried.
  expect([...seen.keys()].sort()).toEqual(expect.arrayContaining([200, 400, 401, 403, 404, 405]));
  expect(test.emulator.violations).toEqual([]);
});

function problemOf({ status, headers, body }: RawReply, documented: ReadonlySet<number>): string | undefined {
  if (!documented.has(status) || status >= 500) return "a status that is not documented";
  if (!/^[0-9a-f]{32}$/.test(headers["x-request-id"] ?? "")) return "no request id";
  if (body !== "" && headers["content-type"] !== "application/json") return "a body that is not called JSON";
  try {
    if (body !== "") JSON.parse(body);
  } catch {
    return "a body that is not JSON";
  }
  return undefined;
}
