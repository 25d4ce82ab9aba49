import { createHash, createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createEmulator, defaultWorld } from "../src/index.ts";
import { world } from "./call.ts";

const atMs = Date.UTC(2026, 0, 1);
const date = "20260101T000000Z";
const path = `/v1/${world.projectId}/image-servers`;
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

/** A request with its own idea of what is signed. */
async function send(options: {
  readonly canonical: string;
  readonly signed?: string;
  readonly query?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly key?: { readonly id: string; readonly secret: string };
}) {
  const { canonical, signed = "host;x-sdk-date", query = "", body, headers = {}, key = world.key } = options;
  const temporary = { id: "TEMPORARYKEY", secret: "hidden", securityToken: "secret-token" };
  const users = [{ ...world.user, accessKeys: [world.key, temporary] }];
  const emulator = createEmulator({ speed: 0, realNow: () => atMs, world: { ...defaultWorld, users } });
  const signature = createHmac("sha256", key.secret)
    .update(`SDK-HMAC-SHA256\n${date}\n${sha256(canonical)}`)
    .digest("hex");
  const response = await emulator.fetch(`http://aps.test:4010${path}${query}`, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      "X-Sdk-Date": date,
      Authorization: `SDK-HMAC-SHA256 Access=${key.id}, SignedHeaders=${signed}, Signature=${signature}`,
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  });
  return { status: response.status, logged: emulator.requests.at(-1) };
}

const empty = sha256("");
const signedHeaders = `host:aps.test:4010\nx-sdk-date:${date}\n\nhost;x-sdk-date`;

describe("a signature that is refused", () => {
  it("is explained by what should have been signed, without a secret", async () => {
    const { status, logged } = await send({
      canonical: "something else",
      signed: "host;x-custom;x-sdk-date;x-security-token",
      query: "?limit=1&server_name=a%20b",
      headers: { "X-Security-Token": "secret-token", "X-Custom": "secret-header" },
      key: { id: "TEMPORARYKEY", secret: "hidden" },
    });
    expect(status).toBe(401);
    expect(logged?.signature).toEqual({
      canonicalRequest: [
        "GET",
        `${path}/`,
        "limit=1&server_name=a%20b",
        "host:aps.test:4010",
        "x-custom:(not shown)",
        `x-sdk-date:${date}`,
        "x-security-token:(not shown)",
        "",
        "host;x-custom;x-sdk-date;x-security-token",
        empty,
      ].join("\n"),
      stringToSign: expect.stringMatching(/^SDK-HMAC-SHA256\n20260101T000000Z\n[0-9a-f]{64}$/),
    });
    expect(JSON.stringify(logged)).not.toMatch(/secret-token|secret-header|hidden/);
  });

  it.each([
    ["the canonical URI must end with a slash", { canonical: `GET\n${path}\n\n${signedHeaders}\n${empty}` }],
    [
      "the query is not part of what was signed",
      { canonical: `GET\n${path}/\n\n${signedHeaders}\n${empty}`, query: "?limit=1" },
    ],
    [
      "blanks in the query must be signed as %20",
      { canonical: `GET\n${path}/\nserver_name=a+b\n${signedHeaders}\n${empty}`, query: "?server_name=a%20b" },
    ],
    [
      "the body is not part of what was signed",
      { canonical: `POST\n${path}/\n\n${signedHeaders}\n${empty}`, body: "{}" },
    ],
    [
      "the Host was signed without its port",
      { canonical: `GET\n${path}/\n\n${signedHeaders.replace(":4010", "")}\n${empty}` },
    ],
    ["the method must be signed in upper case", { canonical: `get\n${path}/\n\n${signedHeaders}\n${empty}` }],
    ["SignedHeaders must be in lower case and sorted", { canonical: "", signed: "x-sdk-date;Host" }],
  ])("is seen to be of one who forgot that %s", async (hint, request) => {
    const { status, logged } = await send(request);
    expect(status).toBe(401);
    expect(logged?.signature?.hint).toBe(hint);
  });

  it("by a date says what time it is here", async () => {
    const emulator = createEmulator({ realNow: () => atMs + 16 * 60_000 });
    const authorization = `SDK-HMAC-SHA256 Access=${world.key.id}, SignedHeaders=x-sdk-date, Signature=${empty}`;
    await emulator.fetch(`http://aps.test${path}`, { headers: { "X-Sdk-Date": date, Authorization: authorization } });
    expect(emulator.requests.at(-1)?.message).toContain(
      "it is of 20260101T000000Z, and here it is 2026-01-01T00:16:00.000Z",
    );
  });
});

describe("X-Sdk-Content-Sha256", () => {
  const canonical = (payload: string) => `POST\n${path}/\n\n${signedHeaders}\n${payload}`;
  const body = '{"name":1}';

  it.each([
    ["the digest of the body", sha256(body), 400],
    ["UNSIGNED-PAYLOAD", "UNSIGNED-PAYLOAD", 400],
    ["the digest of another body", sha256("{}"), 401],
  ])("with %s: %s", async (_what, digest, status) => {
    const headers = { "X-Sdk-Content-Sha256": digest };
    expect((await send({ canonical: canonical(digest), body, headers })).status).toBe(status);
  });
});
