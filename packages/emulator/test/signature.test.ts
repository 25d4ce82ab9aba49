import { createHash, createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { canonicalParts, signatureOf } from "../src/gateway/signature.ts";
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

/** Published by the vendor, in its guide and in the tests of its SDKs for Python and Go; and three of this API. */
describe("a published signature is the emulator's own", () => {
  const service = "appstream.cn-north-4.myhuaweicloud.com";
  const ours = { secret: "SecretKey", host: service, at: "20240506T145014Z" };
  const own = `/v1/${world.projectId}`;
  const json = { "content-type": "application/json", "x-project-id": world.projectId };

  it.each<[string, Vector]>([
    [
      "of the signing guide",
      {
        secret: "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc",
        host: "service.region.example.com",
        at: "20191115T033655Z",
        method: "GET",
        path: "/v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs",
        query: "limit=2&marker=13551d6b-755d-4757-b956-536f674975c0",
        headers: { "content-type": "application/json" },
        signed: "content-type;host;x-sdk-date",
        signature: "7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe",
      },
    ],
    [
      "of the SDK for Python",
      {
        ...ours,
        host: "service.endpoint.myhuaweicloud.com",
        at: "20200608T023900Z",
        method: "POST",
        path: "/resources",
        query: "size=1",
        body: '{"name":"test","id":1}',
        signed: "host;x-sdk-date",
        signature: "436b1ac0a1ae03705934bb70ef2f2e09f7bfed2117d731a38235053199323a1f",
      },
    ],
    [
      "of the SDK for Go, which leaves the host unsigned",
      {
        ...ours,
        at: "20060102T150405Z",
        method: "POST",
        path: "/path",
        query: "key=value",
        body: '{"Name":"test","Id":1}\n',
        signed: "x-sdk-date",
        signature: "cecc2af119b18ab70b4d094c0750f3b42c02f254903179a0fc2cc72fc9db4f59",
      },
    ],
    [
      "with a body",
      {
        ...ours,
        method: "POST",
        path: `${own}/image-servers/${world.serverId}/actions/recreate-image`,
        headers: json,
        body: '{"name":"image_name_0508","description":"This is an image recreate desc."}',
        signed: "content-type;host;x-project-id;x-sdk-date",
        signature: "f9cebc6035c4f5cad72871464b5e15762698dda494f9e604bcfccacb93ca24e3",
      },
    ],
    [
      "with a query that is encoded, empty in part and not sorted",
      {
        ...ours,
        method: "GET",
        path: `${own}/image-servers`,
        query: "server_name=%e9%95%9c%E5%83%8F%20a/b&limit=100&offset=0&enterprise_project_id",
        headers: json,
        signed: "content-type;host;x-project-id;x-sdk-date",
        signature: "d2c88bc3d5a1ddb3a85072898f30c92ad5364bf8aef3190790c712fe1e3a2318",
      },
    ],
    [
      "with a security token",
      {
        ...ours,
        method: "GET",
        path: `${own}/image-server-sub-jobs/actions/count`,
        query: "job_type=CREATE_SERVER,CREATE_SERVER_IMAGE",
        headers: { "x-security-token": "tok/en+1==" },
        signed: "host;x-sdk-date;x-security-token",
        signature: "f6bd898d81e2cd8c4af0b6cd129beadb79a0bc70ced7f7f3f8573786d44fd346",
      },
    ],
  ])("%s", (_what, { method, path, query = "", headers = {}, body = "", host, at, signed, secret, signature }) => {
    const sent = { ...headers, host, "x-sdk-date": at };
    const request = { method, path, query, headers: sent, body: new TextEncoder().encode(body) };
    const claim = { accessKeyId: "", signedHeaders: signed.split(";"), signature };
    expect(signatureOf(canonicalParts(request, claim), at, secret)).toBe(signature);
  });
});

interface Vector {
  readonly secret: string;
  readonly host: string;
  readonly at: string;
  readonly method: string;
  readonly path: string;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signed: string;
  readonly signature: string;
}
