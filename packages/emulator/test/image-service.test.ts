import { describe, expect, it } from "vitest";
import { defaultWorld, type EmulatorOptions } from "../src/index.ts";
import { send, start, world } from "./call.ts";

const imageId = "f5d443de-a623-4950-a74d-569fe63c1f7a";
const tags = `/v2/${world.projectId}/images/${imageId}/tags/action`;

async function startImages(options: EmulatorOptions) {
  const started = await start(options);
  const ask = (method: string, path: string, body?: object) =>
    send(started.emulator, method, path, {
      headers: { "X-Auth-Token": started.token },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  return {
    ...started,
    send: ask,
    remove: (id: string) => ask("DELETE", `/v2/images/${id}`),
    list: async (query: string): Promise<Record<string, string>[]> =>
      (await ask("GET", `/v2/cloudimages?${query}`)).body.images,
  };
}

describe("the image service, on the same port", () => {
  it("answers a token without a project in the path", async () => {
    const { emulator, token } = await start();
    const reply = await send(emulator, "GET", `/v2/cloudimages?id=${imageId}`, { headers: { "X-Auth-Token": token } });
    expect(reply).toMatchObject({ status: 200, body: { images: [{ id: imageId, status: "active" }] } });
  });

  it("knows what image servers make, public images and the project's others, and finds them by their fields", async () => {
    const { emulator, recreate, list } = await startImages({ jobs: "instant" });
    expect((await list("")).map(({ name }) => name)).toHaveLength(4);
    await recreate(world.serverId, "office-2026-12");
    emulator.clock.advance(1_000);
    expect((await list("name=office-2026-12"))[0]).toMatchObject({
      status: "active",
      __imagetype: "private",
      __os_type: "Windows",
    });
    expect((await list("__imagetype=gold")).map(({ visibility }) => visibility)).toEqual(["public"]);
    expect(await list("enterprise_project_id=another")).toEqual([]);
    expect(await list("id=unknown")).toEqual([]);
    const all = await list("sort_key=name&sort_dir=asc");
    const [page, rest] = [
      await list("sort_key=name&sort_dir=asc&limit=2"),
      await list(`sort_key=name&sort_dir=asc&marker=${all[1]?.id}`),
    ];
    expect([...page, ...rest]).toEqual(all);
  });

  it("deletes an image of the project, and refuses one that is used, protected or public", async () => {
    const { emulator, list, remove } = await startImages({
      world: {
        ...defaultWorld,
        images: [{ id: "kept", name: "kept", serverId: world.serverId, isProtected: true }],
      },
    });
    const [group] = defaultWorld.serverGroups ?? [];
    const [gold] = defaultWorld.otherImages ?? [];
    expect(await remove(group?.imageId ?? "")).toMatchObject({
      status: 400,
      body: { error: { message: expect.stringContaining("is used by server group") } },
    });
    expect((await remove(gold?.id ?? "")).status).toBe(403);
    expect((await remove("kept")).status).toBe(403);
    expect((await remove(imageId)).status).toBe(204);
    expect(await list(`id=${imageId}`)).toEqual([]);
    emulator.setRules({ usedImages: "allowed" });
    expect((await remove(group?.imageId ?? "")).status).toBe(204);
  });

  it("shows a deleted image for a while where the view lags, and a new one late", async () => {
    const { emulator, list, remove, recreate } = await startImages({ jobs: "instant" });
    emulator.clock.advance(60_000);
    emulator.faults.add({ operation: "ListImages", effect: { type: "lag", ms: 10_000 } });
    await remove(imageId);
    await recreate(world.serverId, "new");
    expect([(await list(`id=${imageId}`)).length, (await list("name=new")).length]).toEqual([1, 0]);
    emulator.clock.advance(10_000);
    expect([(await list(`id=${imageId}`)).length, (await list("name=new")).length]).toEqual([0, 1]);
  });

  it("counts private images against the quota, and keeps tags", async () => {
    const { send: ask, list } = await startImages({ world: { ...defaultWorld, imageQuota: 20 } });
    const quota = (await ask("GET", "/v1/cloudimages/quota")).body.quotas.resources;
    expect(quota).toEqual([{ type: "image", used: 3, quota: 20, min: 1, max: 1000 }]);
    const tag = (action: string) => ask("POST", tags, { action, tags: [{ key: "state", value: "current" }] });
    expect((await tag("create")).status).toBe(204);
    expect((await list("tag=state=current")).map(({ id }) => id)).toEqual([imageId]);
    await tag("delete");
    expect(await list("tag=state=current")).toEqual([]);
  });

  it.each([
    ["refused", 400, 0],
    ["failed", 200, 0],
    ["allowed", 200, 1],
  ] as const)("has no room for an image when the quota is used up: %s", async (fullQuota, status, more) => {
    const second = { id: "second", projectId: world.projectId, name: "second" };
    const servers = [...defaultWorld.servers, second];
    const {
      emulator,
      recreate,
      list,
      send: ask,
    } = await startImages({
      world: { ...defaultWorld, servers, imageQuota: 4, rules: { fullQuota } },
    });
    expect((await recreate(world.serverId, "fourth")).status).toBe(200);
    // What is being made counts.
    expect((await recreate(second.id, "fifth")).status).toBe(status);
    emulator.clock.advance(2 * 3_600_000);
    expect(await list("name=fourth")).toHaveLength(1);
    expect(await list("name=fifth")).toHaveLength(more);
    const [{ used, quota }] = (await ask("GET", "/v1/cloudimages/quota")).body.quotas.resources;
    expect([used, quota]).toEqual([4 + more, 4]);
    expect(emulator.violations).toEqual([]);
  });

  it("shows images of an enterprise project to those who ask for it, or for all", async () => {
    const more = { id: "b1", projectId: world.projectId, name: "branch", enterpriseProjectId: "ep-1" };
    const { list } = await startImages({
      world: { ...defaultWorld, otherImages: [...(defaultWorld.otherImages ?? []), more] },
    });
    const counts = [
      "",
      "enterprise_project_id=0",
      "enterprise_project_id=ep-1",
      "enterprise_project_id=all_granted_eps",
    ];
    expect(await Promise.all(counts.map(async (query) => (await list(query)).length))).toEqual([4, 4, 1, 5]);
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
