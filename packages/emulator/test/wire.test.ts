import { once } from "node:events";
import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { useEmulator } from "../src/vitest/index.ts";
import { tokenRequest, world } from "./call.ts";
import { exchange, type RawReply, requestText } from "./raw-socket.ts";
import { sign } from "./sign.ts";

const test = useEmulator({ speed: 0, realNow: () => Date.UTC(2026, 0, 1) });
const list = `/v1/${world.projectId}/image-servers`;
const recreate = `${list}/${world.serverId}/actions/recreate-image`;

let defects: ReturnType<typeof vi.spyOn>;
beforeEach(() => {
  defects = vi.spyOn(console, "error");
});
afterEach(() => {
  expect(defects, "the emulator has met a defect of its own").not.toHaveBeenCalled();
  vi.restoreAllMocks();
});

const port = () => Number(new URL(test.url).port);
const unauthorized = { status: 401, code: "APIGW.0301" };
const notFound = { status: 404, code: "APIGW.0101" };
const badRequest = { status: 400, code: "APIGW.0201" };
const wrongMethod = { status: 405, code: "WKS.00000405" };

function expectAnswer(reply: RawReply | undefined, { status, code }: { status: number; code: string }): void {
  expect(reply).toMatchObject({ status, headers: { "x-request-id": expect.stringMatching(/^[0-9a-f]{32}$/) } });
  expect(JSON.parse(reply?.body ?? "")).toMatchObject({ error_code: code, error_msg: expect.any(String) });
}

describe("a request line", () => {
  it.each([
    ["that is not HTTP", "\x00\x01 not http\r\n\r\n", badRequest],
    ["with a method that HTTP does not know", requestText(`FOO ${list} HTTP/1.1`), badRequest],
    ["with a method in lower case", requestText(`get ${list} HTTP/1.1`), badRequest],
    ["with a method that the path does not take", requestText(`TRACE ${list} HTTP/1.1`), wrongMethod],
    ["for the server as a whole", requestText("OPTIONS * HTTP/1.1"), notFound],
    ["for a tunnel", requestText("CONNECT 127.0.0.1:80 HTTP/1.1"), notFound],
    ["without a target", requestText("GET  HTTP/1.1"), badRequest],
    ["with a relative target", requestText("GET v1 HTTP/1.1"), badRequest],
    ["with a whole URL", requestText(`GET http://127.0.0.1${list}?limit=1 HTTP/1.1`), unauthorized],
    ["with the whole URL of no path", requestText("GET http://127.0.0.1 HTTP/1.1"), notFound],
    ["with a fragment", requestText(`GET ${list}#top HTTP/1.1`), notFound],
    ["with dots", requestText(`GET /v1/${world.projectId}/x/../image-servers HTTP/1.1`), notFound],
    ["with a NUL", requestText(`GET ${list}/\x00 HTTP/1.1`), badRequest],
    ["with bytes that are not ASCII", Buffer.from(requestText(`GET ${list}/é HTTP/1.1`), "latin1"), badRequest],
    ["of HTTP/1.0 without a Host", `GET ${list} HTTP/1.0\r\n\r\n`, unauthorized],
    ["of 300 KB", requestText(`GET ${list}?${"a".repeat(300 * 1024)} HTTP/1.1`), { status: 494, code: "APIGW.0201" }],
  ])("%s", async (_what, bytes, expected) => {
    const [reply] = await exchange(port(), bytes);
    expectAnswer(reply, expected);
  });

  it("with HEAD is answered without a body", async () => {
    const [reply] = await exchange(port(), requestText(`HEAD ${list} HTTP/1.1`));
    expect(reply).toMatchObject({ status: 405, body: "", headers: { "x-request-id": expect.any(String) } });
  });
});

describe("headers", () => {
  const date = "20260101T000000Z";
  const claim = (signed: string) =>
    `Authorization: SDK-HMAC-SHA256 Access=${world.key.id}, SignedHeaders=${signed}, Signature=${"0".repeat(64)}`;
  const get = (...headers: string[]) => requestText(`GET ${list} HTTP/1.1`, headers);

  it.each([
    ["without Host", `GET ${list} HTTP/1.1\r\nConnection: close\r\n\r\n`, badRequest],
    ["with Host twice", get("Host: elsewhere"), unauthorized],
    ["with a control character", get("X-A: \x01"), badRequest],
    ["folded over two lines", get("X-A: b\r\n c"), badRequest],
    ["with a name that is a blank", get(" : b"), badRequest],
    ["named as properties of objects are", get("__proto__: a", "constructor: b", "toString: c"), unauthorized],
    ["with a token twice", get("X-Auth-Token: a", "X-Auth-Token: b"), unauthorized],
    ["with the date twice", get(`X-Sdk-Date: ${date}`, `X-Sdk-Date: ${date}`, claim("x-sdk-date")), unauthorized],
    [
      "with cookies that are signed",
      get("Set-Cookie: a", "Set-Cookie: b", `X-Sdk-Date: ${date}`, claim("set-cookie;x-sdk-date")),
      unauthorized,
    ],
    [
      "that are signed and not sent",
      get(`X-Sdk-Date: ${date}`, claim("__proto__;constructor;x-sdk-date")),
      unauthorized,
    ],
    ["with a date that is none", get("X-Sdk-Date: 99999999T999999Z", claim("x-sdk-date")), unauthorized],
    ["that ask for another protocol", get("Upgrade: websocket", "Connection: Upgrade, close"), unauthorized],
    ["of 33 KB", get(`X-A: ${"a".repeat(33 * 1024)}`), { status: 494, code: "APIGW.0201" }],
    ["of 300 KB", get(`X-A: ${"a".repeat(300 * 1024)}`), { status: 494, code: "APIGW.0201" }],
    [
      "of 150 KB in all",
      get(...Array.from({ length: 150 }, (_, i) => `X-${i}: ${"a".repeat(1024)}`)),
      { status: 494, code: "APIGW.0201" },
    ],
  ])("%s", async (_what, bytes, expected) => {
    const [reply] = await exchange(port(), bytes);
    expectAnswer(reply, expected);
  });

  it("may be in UTF-8, and are signed as the bytes that they are", async () => {
    const { init } = sign({
      method: "GET",
      path: list,
      ...world.key,
      atMs: Date.UTC(2026, 0, 1),
      signed: ["x-project-id", "x-sdk-date"],
      projectId: "镜像",
    });
    const lines = Object.entries(init.headers as Record<string, string>).map(([name, value]) => `${name}: ${value}`);
    const [reply] = await exchange(port(), Buffer.from(requestText(`GET ${list} HTTP/1.1`, lines)));
    expect(reply?.status).toBe(200);
  });
});

describe("a body", () => {
  const post = (headers: readonly string[], body: string) => requestText(`POST ${recreate} HTTP/1.1`, headers, body);
  const chunked = "Transfer-Encoding: chunked";

  it.each([
    ["with two lengths", post(["Content-Length: 2", "Content-Length: 3"], "{}"), badRequest],
    ["with a length and in chunks", post(["Content-Length: 2", chunked], "0\r\n\r\n"), badRequest],
    ["with a length that is none", post(["Content-Length: two"], "{}"), badRequest],
    ["with a chunk of no length", post([chunked], "zz\r\n"), badRequest],
    ["in chunks without a token", post([chunked], "2\r\n{}\r\n0\r\n\r\n"), unauthorized],
    ["with an expectation", post(["Expect: 100-continue", "Content-Length: 2"], "{}"), unauthorized],
    ["with an expectation that nobody knows", post(["Expect: the-best", "Content-Length: 2"], "{}"), unauthorized],
  ])("%s", async (_what, bytes, expected) => {
    const [reply] = await exchange(port(), bytes);
    expectAnswer(reply, expected);
  });

  it.each([
    ["shorter than its length", ["Content-Length: 10"], "ab"],
    ["cut within a chunk", [chunked], "5\r\nab"],
    ["cut before its last chunk", [chunked], "2\r\nab\r\n"],
  ])("%s, by a caller who goes away, does no work", async (_what, headers, body) => {
    const replies = await exchange(port(), post(headers, body), { endAfterMs: 0 });
    for (const reply of replies) expectAnswer(reply, badRequest);
    expect([...test.emulator.state.projects.values()][0]?.jobs.size).toBe(0);
  });

  const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
  it.each([
    ["nothing", ""],
    ["no JSON", "{"],
    ["a byte order mark alone", "\uFEFF"],
    ["UTF-16", Buffer.from('{"name":"a"}', "utf16le")],
    ["bytes that are not UTF-8", Buffer.from([0x7b, 0xff, 0xfe, 0x7d])],
    ["compressed JSON", gzipSync('{"name":"a"}')],
    ["two values", '{"name":"a"}{"name":"b"}'],
    ["null", "null"],
    ["NaN", '{"name":NaN}'],
    ["a number that is too large", '{"name":1e999}'],
    ["a number of ten thousand digits", `{"name":${"9".repeat(10_000)}}`],
    ["the same name twice, the last one wrong", '{"name":"a","name":1}'],
    ["__proto__", '{"name":"a","__proto__":{"x":1}}'],
    ["__proto__ instead of the name", '{"__proto__":{"name":"a"}}'],
    ["constructor", '{"name":"a","constructor":{"prototype":{}}}'],
    ["lists in lists, 100,000 deep", `{"name":${nested(100_000)}}`],
    ["an unknown property, 100,000 deep", `{"name":"a","x":${nested(100_000)}}`],
    ["objects in objects, 100,000 deep", `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`],
    ["half a surrogate pair in the name", '{"name":"\\ud800"}'],
    ["a NUL in the name", '{"name":"\\u0000"}'],
    ["a name of five million characters", `{"name":"${"a".repeat(5_000_000)}"}`],
    ["a property name of a million characters", `{"name":"a","${"b".repeat(1_000_000)}":1}`],
    ["two hundred thousand unknown properties", `{${Array.from({ length: 200_000 }, (_, i) => `"p${i}":1`).join()}}`],
  ])("of %s is refused, with a short answer", async (_what, body) => {
    const headers = { "X-Auth-Token": await tokenOf() };
    const answer = await fetch(`${test.url}${recreate}`, { method: "POST", headers, body });
    const text = await answer.text();
    expect(answer.status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({ error_code: "WKS.00129901", error_msg: expect.any(String) });
    expect(text.length).toBeLessThan(1_500);
  });

  it.each([
    ["a million items", Array(1_000_000).fill(1)],
    ["ninety thousand items", Array(90_000).fill(1)],
    ["items that are deep and equal", [JSON.parse(nested(3_000)), JSON.parse(nested(3_000))]],
  ])("of %s is refused, with a short answer", async (_what, items) => {
    const headers = { "X-Auth-Token": await tokenOf() };
    const body = JSON.stringify({ items, recursive: true });
    const answer = await fetch(`${test.url}${list}/actions/batch-delete`, { method: "PATCH", headers, body });
    expect(answer.status).toBe(400);
    expect((await answer.text()).length).toBeLessThan(1_500);
  });

  it("of more than 12 MB is refused, although it says nothing of its length", async () => {
    const chunk = `100000\r\n${" ".repeat(0x10_0000)}\r\n`;
    const [reply] = await exchange(port(), post([chunked], `${chunk.repeat(13)}0\r\n\r\n`));
    expectAnswer(reply, { status: 413, code: "APIGW.0201" });
  });

  it("is taken whatever it is called, with a byte order mark or in pieces", async () => {
    const token = await tokenOf();
    const headers = [`X-Auth-Token: ${token}`, "Content-Type: text/plain; charset=utf-16", chunked];
    const body = '3\r\n\u00EF\u00BB\u00BF\r\n6\r\n{"name\r\n5\r\n":"a"\r\n1\r\n}\r\n0\r\n\r\n';
    const [reply] = await exchange(port(), Buffer.from(post(headers, body), "latin1"));
    expect(reply).toMatchObject({ status: 200, body: expect.stringContaining("job_id") });
  });
});

describe("a connection", () => {
  it("carries several requests at once, answered in their order", async () => {
    const first = `GET ${list} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`;
    const replies = await exchange(port(), first + first + requestText("GET /nowhere HTTP/1.1"));
    expect(replies.map(({ status }) => status)).toEqual([401, 401, 404]);
    expect(new Set(replies.map(({ headers }) => headers["x-request-id"])).size).toBe(3);
  });

  it("is kept when it is idle, longer than a client would poll", async () => {
    const answer = await fetch(`${test.url}${list}`);
    await answer.text();
    expect(answer.headers.get("Keep-Alive")).toBe("timeout=600");
  });

  it("may be reset at any moment", async () => {
    for (const bytes of ["", "POST ", `POST ${recreate} HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{`]) {
      const socket = connect(port(), "127.0.0.1");
      await once(socket, "connect");
      socket.write(bytes);
      socket.resetAndDestroy();
      await once(socket, "close");
    }
    expect((await fetch(`${test.url}${list}`)).status).toBe(401);
  });
});

async function tokenOf(): Promise<string> {
  const body = JSON.stringify(tokenRequest());
  const answer = await fetch(`${test.url}/v3/auth/tokens`, { method: "POST", body });
  return answer.headers.get("X-Subject-Token") ?? "";
}
