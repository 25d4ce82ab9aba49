import { describe, expect, it } from "vitest";
import { createEmulator, defaultWorld } from "../src/index.ts";
import { send, start, tokenRequest, world } from "./call.ts";
import { bytesOf, sign } from "./sign.ts";

const path = `/v1/${world.projectId}/image-servers`;
const gateway = (code: string) => ({
  error_code: code,
  error_msg: expect.any(String),
  request_id: expect.stringMatching(/^[0-9a-f]{32}$/),
});
const minute = 60_000;

describe("who is refused by the gateway", () => {
  it.each([
    ["nobody", {}],
    ["an unknown token", { "X-Auth-Token": "unknown" }],
    ["a signature that is none", { Authorization: "Bearer x" }],
  ])("%s: 401 APIGW.0301", async (_who, headers) => {
    const reply = await send(createEmulator(), "GET", path, { headers });
    expect(reply).toMatchObject({ status: 401, body: gateway("APIGW.0301") });
    expect(reply.headers.get("X-Request-Id")).toBe(reply.body.request_id);
  });

  it("an expired token: 401 APIGW.0307", async () => {
    const { emulator, call } = await start();
    emulator.clock.advance(24 * 60 * minute + 1);
    expect(await call("GET", "/image-servers")).toMatchObject({ status: 401, body: gateway("APIGW.0307") });
  });

  it.each([
    ["a wrong secret", { secret: "wrong" }, 401],
    ["a changed path", { sentPath: `${path}/x` }, 401],
    ["a changed body", { method: "POST", body: "{}", sentBody: '{"a":1}' }, 401],
    ["a date 16 minutes ago", { atMs: Date.now() - 16 * minute }, 401],
    ["a date 14 minutes ahead", { atMs: Date.now() + 14 * minute }, 200],
    ["only the date signed", { signed: ["x-sdk-date"] }, 200],
    ["every header signed", { signed: ["content-type", "host", "x-project-id", "x-sdk-date"] }, 200],
  ])("a signature with %s: %s", async (_what, change, status) => {
    const { url, init } = sign({ method: "GET", path, ...world.key, ...change });
    expect((await createEmulator().fetch(url, init)).status).toBe(status);
  });

  it("temporary keys without their security token", async () => {
    const key = { id: "TEMPORARY", secret: "s", securityToken: "tok/en+1==" };
    const emulator = createEmulator({
      world: { ...defaultWorld, users: [{ name: "u", domain: "d", accessKeys: [key] }] },
    });
    const without = sign({ method: "GET", path, id: key.id, secret: key.secret });
    expect((await emulator.fetch(without.url, without.init)).status).toBe(401);
    const withToken = sign({ method: "GET", path, ...key, signed: ["host", "x-sdk-date", "x-security-token"] });
    expect((await emulator.fetch(withToken.url, withToken.init)).status).toBe(200);
  });

  it("a body of more than 12 MB: 413", async () => {
    const { call } = await start();
    const reply = await call(
      "POST",
      `/image-servers/${world.serverId}/actions/recreate-image`,
      "x".repeat(bytesOf(12) + 1),
    );
    expect(reply).toMatchObject({ status: 413, body: gateway("APIGW.0201") });
  });

  it("a path that does not exist: 404 APIGW.0101", async () => {
    const { call } = await start();
    expect(await call("GET", "/image-serverz")).toMatchObject({ status: 404, body: gateway("APIGW.0101") });
  });
});

describe("who is refused by the service", () => {
  it("a wrong method: 405", async () => {
    const { call } = await start();
    const reply = await call("DELETE", `/image-servers/${world.serverId}/actions/recreate-image`);
    expect(reply).toMatchObject({ status: 405, body: { error_code: expect.stringMatching(/^WKS\./) } });
  });

  it("an unknown server, an unknown job: 404", async () => {
    const { call } = await start();
    for (const unknown of ["/image-servers/1", "/image-server-jobs/1"]) {
      expect(await call("GET", unknown)).toMatchObject({
        status: 404,
        body: { error_code: expect.stringMatching(/^WKS\./) },
      });
    }
  });

  it("a caller of another project: 403", async () => {
    const { token, emulator } = await start();
    const reply = await send(emulator, "GET", "/v1/0000/image-servers", { headers: { "X-Auth-Token": token } });
    expect(reply.status).toBe(403);
  });

  it.each([
    [["workspace:imageServer:list"], 200],
    [["workspace:*"], 200],
    [["workspace:images:*"], 403],
    [[], 403],
  ])("a caller with the permissions %j: %s", async (actions, status) => {
    const user = { ...world.user, actions };
    const { call } = await start({ world: { ...defaultWorld, users: [user] } });
    const reply = await call("GET", "/image-servers");
    expect(reply.status).toBe(status);
    if (status === 403) expect(reply.body.error_msg).toContain("workspace:imageServer:list");
  });

  it("a caller who lacks what the operation depends on: 403 that names all of it", async () => {
    const actions = ["workspace:imageServer:*", "ims:*", "vpc:ports:get"];
    const { recreate } = await start({ world: { ...defaultWorld, users: [{ ...world.user, actions }] } });
    const reply = await recreate(world.serverId);
    expect(reply).toMatchObject({ status: 403, body: { error_msg: expect.stringContaining("vpc:subnets:get.") } });
    expect(reply.body.error_msg).not.toContain("vpc:ports:get");
  });

  it.each([
    ["no JSON", "{", /JSON/],
    ["no name", "{}", /name/],
    ["a name of another type", '{"name":1}', /body\/name must be string/],
    ["an unknown property", '{"name":"a","nam":"b"}', /nam/],
    ["nothing", "", /empty/],
  ])("a body with %s: 400 that names the field", async (_what, body, message) => {
    const { emulator, token } = await start();
    const target = `${path}/${world.serverId}/actions/recreate-image`;
    const reply = await send(emulator, "POST", target, { body, headers: { "X-Auth-Token": token } });
    expect(reply.status).toBe(400);
    expect(reply.body.error_msg).toMatch(message);
  });
});

describe("who is refused by IAM", () => {
  it("a wrong password: 401 in IAM's shape", async () => {
    const body = JSON.stringify(tokenRequest(undefined, "wrong"));
    const reply = await send(createEmulator(), "POST", "/v3/auth/tokens", { body });
    expect(reply).toMatchObject({ status: 401, body: { error: { code: 401, title: "Unauthorized" } } });
    expect(JSON.stringify(reply.body)).not.toContain('wrong"');
  });

  it("a request without identity: 400", async () => {
    const reply = await send(createEmulator(), "POST", "/v3/auth/tokens", { body: '{"auth":{}}' });
    expect(reply).toMatchObject({ status: 400, body: { error: { code: 400 } } });
  });
});

describe("IAM", () => {
  it("lists the project of a region", async () => {
    const { emulator, token } = await start();
    const headers = { "X-Auth-Token": token };
    const { body } = await send(emulator, "GET", `/v3/projects?name=${world.region}`, { headers });
    expect(body.projects).toEqual([expect.objectContaining({ id: world.projectId, name: world.region })]);
    expect((await send(emulator, "GET", "/v3/projects?name=nowhere", { headers })).body.projects).toEqual([]);
  });

  it("gives a token of the whole account, which opens no project and lists the caller's projects", async () => {
    const emulator = createEmulator();
    const body = JSON.stringify(tokenRequest({ domain: { name: world.user.domain } }));
    const answer = await send(emulator, "POST", "/v3/auth/tokens", { body });
    expect(answer.status).toBe(201);
    const headers = { "X-Auth-Token": answer.headers.get("X-Subject-Token") ?? "" };
    const { body: list } = await send(emulator, "GET", "/v3/auth/projects", { headers });
    expect(list.projects).toEqual([expect.objectContaining({ id: world.projectId, name: world.region })]);
    expect((await send(emulator, "GET", path, { headers })).status).toBe(403);
  });

  it("leaves the catalogue out when asked to", async () => {
    const body = JSON.stringify(tokenRequest());
    const emulator = createEmulator();
    expect((await send(emulator, "POST", "/v3/auth/tokens?nocatalog=true", { body })).body.token.catalog).toEqual([]);
    expect((await send(emulator, "POST", "/v3/auth/tokens", { body })).body.token.catalog).not.toEqual([]);
  });
});
