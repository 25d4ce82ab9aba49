import { describe, expect, it } from "vitest";
import { defaultWorld } from "../src/index.ts";
import { send, start, world } from "./call.ts";

const imageId = "f5d443de-a623-4950-a74d-569fe63c1f7a";
const tags = `/v2/${world.projectId}/images/${imageId}/tags/action`;

describe("the image service, on the same port", () => {
  it("answers a token without a project in the path", async () => {
    const { emulator, token } = await start();
    const reply = await send(emulator, "GET", `/v2/cloudimages?id=${imageId}`, { headers: { "X-Auth-Token": token } });
    expect(reply).toMatchObject({ status: 200, body: { images: [{ id: imageId, status: "active" }] } });
  });

  it("takes a deletion with and without a body, and answers nothing", async () => {
    const { emulator, token } = await start();
    for (const body of [undefined, '{"delete_backup":true}']) {
      const init = { headers: { "X-Auth-Token": token }, ...(body === undefined ? {} : { body }) };
      const reply = await send(emulator, "DELETE", `/v2/images/${imageId}`, init);
      expect(reply).toMatchObject({ status: 204, body: undefined });
    }
  });

  it.each([
    ["a limit that is no number", "GET", "/v2/cloudimages?limit=x", undefined, "query/limit"],
    ["an unknown action", "POST", tags, { action: "add", tags: [] }, "body/action"],
    ["no body where one must be", "POST", tags, undefined, "body must not be empty"],
    ["a deletion with an unknown field", "DELETE", `/v2/images/${imageId}`, { backup: true }, "additional properties"],
  ])("refuses %s in its own words, with the field", async (_what, method, path, body, field) => {
    const { emulator, token } = await start();
    const init = { headers: { "X-Auth-Token": token }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const reply = await send(emulator, method, path, init);
    expect(reply.status).toBe(400);
    expect(reply.body).toEqual({ error: { code: "IMG.0001", message: expect.stringContaining(field) } });
  });

  it("wants the permissions of its calls, and those that they depend on", async () => {
    const users = defaultWorld.users.map((user) => ({ ...user, actions: ["ims:images:delete", "ims:images:list"] }));
    const { emulator, token } = await start({ world: { ...defaultWorld, users } });
    const init = { headers: { "X-Auth-Token": token } };
    expect((await send(emulator, "GET", "/v2/cloudimages", init)).status).toBe(200);
    const refused = await send(emulator, "DELETE", `/v2/images/${imageId}`, init);
    expect(refused).toMatchObject({ status: 403, body: { error_msg: expect.stringContaining("ims:images:get") } });
    // No source names the action that tags need, so nobody can be without it.
    const tag = { action: "create", tags: [{ key: "state", value: "candidate" }] };
    expect((await send(emulator, "POST", tags, { ...init, body: JSON.stringify(tag) })).status).toBe(204);
  });

  it("does not know a path with another method", async () => {
    const { emulator, token } = await start();
    const reply = await send(emulator, "PUT", "/v2/cloudimages", { headers: { "X-Auth-Token": token } });
    expect(reply.status).toBe(404);
  });
});
