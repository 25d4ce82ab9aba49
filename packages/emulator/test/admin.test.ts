import { describe, expect, it } from "vitest";
import { createEmulator, type Emulator } from "../src/index.ts";
import { contractDocuments } from "../src/node/contract-documents.ts";
import { send, start, world } from "./call.ts";

const admin = (emulator: Emulator, method: string, what: string, body?: string) =>
  send(emulator, method, `/__emulator/${what}`, body === undefined ? {} : { body });
const minute = 60_000;

describe("/__emulator/", () => {
  it("says what it offers, also to who asks for something else", async () => {
    const emulator = createEmulator();
    const offers = await admin(emulator, "GET", "");
    expect(offers.status).toBe(200);
    expect(Object.keys(offers.body.actions)).toContain("POST /__emulator/faults");
    const { actions } = offers.body;
    expect(await admin(emulator, "GET", "nothing")).toMatchObject({ status: 404, body: { actions } });
    expect(await send(emulator, "GET", "/__emulator")).toMatchObject({ status: 200, body: offers.body });
  });

  it("gives the contract as OpenAPI to generators of clients, with itself as the server", async () => {
    const emulator = createEmulator({ documents: contractDocuments });
    const { actions } = (await admin(emulator, "GET", "")).body;
    for (const [name, path] of [
      ["openapi.json", "/v1/{project_id}/image-servers"],
      ["iam.json", "/v3/auth/tokens"],
      ["ims.json", "/v2/cloudimages"],
    ] as const) {
      expect(Object.keys(actions)).toContain(`GET /__emulator/${name}`);
      const { status, body } = await admin(emulator, "GET", name);
      expect([status, body.openapi, body.servers]).toEqual([200, "3.1.0", [{ url: expect.stringMatching(/^http:/) }]]);
      expect(Object.keys(body.paths)).toContain(path);
    }
  });

  it("adds faults, lists and removes them", async () => {
    const { emulator, call } = await start();
    const fault = { operation: "ListImageServers", effect: { type: "answer", status: 500, body: {} } };
    const { body } = await admin(emulator, "POST", "faults", JSON.stringify(fault));
    expect((await admin(emulator, "GET", "faults")).body).toEqual([{ ...fault, id: body.id, left: 1 }]);
    expect((await call("GET", "/image-servers")).status).toBe(500);
    expect((await admin(emulator, "DELETE", `faults/${body.id}`)).status).toBe(404);
  });

  it("moves and speeds the clock", async () => {
    const { emulator } = await start({ startMs: Date.UTC(2026, 0, 1) });
    expect((await admin(emulator, "POST", "clock", '{ "advanceMs": 3600000, "speed": 0 }')).body).toEqual({
      now: "2026-01-01T01:00:00.000Z",
      speed: 0,
      skewMs: 0,
    });
  });

  it.each([
    ["faults", "{}", "fault.effect must be an object"],
    ["faults", "{", "The body is not JSON: "],
    ["clock", "{", "The body is not JSON: "],
    ["clock", "null", "The body must be an object"],
    ["clock", "[]", "The body must be an object"],
    ["clock", '{ "advance": 1 }', "advance is not known; speed, advanceMs and skewMs are."],
    ["clock", '{ "speed": -1 }', "speed must be a number from 0; given was -1."],
    ["clock", '{ "advanceMs": "1" }', 'advanceMs must be a number from 0; given was "1".'],
  ])("refuses %s %s and says why", async (what, body, message) => {
    const reply = await admin(createEmulator(), "POST", what, body);
    expect(reply.status).toBe(400);
    expect(reply.body.message).toContain(message);
  });

  it("shows users, projects, software, jobs and the last requests, without secrets", async () => {
    const { emulator, call, recreate, token } = await start();
    await call("POST", `/image-servers/${world.serverId}/actions/attach-app`, { items: ["680556127464718336"] });
    await recreate(world.serverId, "image");
    const state = await admin(emulator, "GET", "state");
    expect(state.body.users).toEqual([expect.objectContaining({ name: "emulator", accessKeys: [world.key.id] })]);
    expect(state.body.projects[0]).toMatchObject({
      id: world.projectId,
      servers: [{ id: world.serverId, status: "BUILDING" }],
      jobs: [{ type: "CREATE_SERVER_IMAGE" }],
      attachedApps: { [world.serverId]: [{ id: "680556127464718336" }] },
      leftBehind: [],
    });
    const requests = await admin(emulator, "GET", "requests");
    expect(requests.body.at(-1)).toMatchObject({ operationId: "RecreateServerImage", status: 200 });
    for (const { body } of [state, requests]) {
      for (const secret of [token, world.key.secret, world.user.password])
        expect(JSON.stringify(body)).not.toContain(secret);
    }
  });

  it("says why a request was refused", async () => {
    const { emulator, recreate } = await start();
    await recreate("nowhere");
    expect(emulator.requests.at(-1)).toMatchObject({
      at: expect.stringMatching(/Z$/),
      status: 404,
      code: expect.stringMatching(/^WKS\./),
      message: expect.stringContaining("nowhere"),
    });
  });

  it("resets to the world that it began with, speed included", async () => {
    const { emulator, recreate } = await start({ startMs: 0 });
    await recreate(world.serverId);
    emulator.clock.advance(minute);
    emulator.clock.speed = 100;
    emulator.faults.add({ effect: { type: "cut", afterWork: false } });
    await admin(emulator, "POST", "reset");
    expect(emulator.state.projects.get(world.projectId)?.jobs.size).toBe(0);
    expect(emulator.faults.list()).toEqual([]);
    expect([emulator.clock.now(), emulator.clock.speed]).toEqual([0, 0]);
  });
});

describe("the clock", () => {
  it("stops at the last time that the service can write, however far it is moved", async () => {
    const { emulator, recreate } = await start();
    const { body } = await admin(emulator, "POST", "clock", '{ "advanceMs": 1e300 }');
    expect(body.now).toBe("9999-12-31T00:00:00.000Z");
    expect((await recreate(world.serverId)).status).toBe(401);
  });

  it.each([-1, Number.NaN, Number.POSITIVE_INFINITY])("takes no %d", (value) => {
    const { clock } = createEmulator();
    expect(() => clock.advance(value)).toThrow(`must be a number from 0; given was ${value}.`);
    expect(() => Object.assign(clock, { speed: value })).toThrow(RangeError);
    expect(() => createEmulator({ speed: value })).toThrow(RangeError);
  });
});
