import { describe, expect, it } from "vitest";
import { createEmulator } from "../src/index.ts";
import { send, start, world } from "./call.ts";

const jobs = (emulator: ReturnType<typeof createEmulator>) => emulator.state.projects.get(world.projectId)?.jobs.size;

describe("a fault", () => {
  it("hits the first calls of its operation, and no other", async () => {
    const { emulator, call } = await start();
    emulator.faults.add({ operation: "ListImageServers", times: 2, effect: { type: "answer", status: 503, body: {} } });
    expect((await call("GET", `/image-servers/${world.serverId}`)).status).toBe(200);
    const statuses = [];
    for (let index = 0; index < 3; index++) statuses.push((await call("GET", "/image-servers")).status);
    expect(statuses).toEqual([503, 503, 200]);
  });

  it("with a probability is the same for the same seed", async () => {
    const run = async (seed: number) => {
      const { emulator, call } = await start({ seed });
      emulator.faults.add({ probability: 0.3, effect: { type: "answer", status: 500, body: {} } });
      const statuses = [];
      for (let index = 0; index < 50; index++) statuses.push((await call("GET", "/image-servers")).status);
      return statuses.join();
    };
    expect(await run(1)).toBe(await run(1));
    expect(await run(1)).not.toBe(await run(2));
    expect(await run(1)).toMatch(/500/);
  });

  it.each([
    [false, 0],
    [true, 1],
  ])("cuts the connection, with the work done: %s", async (afterWork, expected) => {
    const { emulator, recreate } = await start();
    emulator.faults.add({ operation: "RecreateServerImage", effect: { type: "cut", afterWork } });
    const error = await recreate(world.serverId).catch((reason) => reason);
    expect(error).toBeInstanceOf(TypeError);
    expect(error.cause.code).toBe("ECONNRESET");
    expect(jobs(emulator)).toBe(expected);
  });

  it("answers with an error after the work was done", async () => {
    const { emulator, recreate } = await start();
    const effect = { type: "answer", status: 504, body: {}, afterWork: true } as const;
    emulator.faults.add({ operation: "RecreateServerImage", effect });
    expect((await recreate(world.serverId)).status).toBe(504);
    expect(jobs(emulator)).toBe(1);
  });

  it.each([
    ["html", /^<html>/],
    ["empty", /^$/],
  ] as const)("spoils the body: %s", async (body, text) => {
    const { emulator, token } = await start();
    emulator.faults.add({ operation: "ListImageServers", effect: { type: "body", body } });
    const url = `http://127.0.0.1/v1/${world.projectId}/image-servers`;
    const response = await emulator.fetch(url, { headers: { "X-Auth-Token": token } });
    expect(response.status).toBe(200);
    expect(await response.text()).toMatch(text);
  });

  it("cuts the body in the middle", async () => {
    const { emulator, call } = await start();
    emulator.faults.add({ operation: "ListImageServers", effect: { type: "body", body: "truncated" } });
    await expect(call("GET", "/image-servers")).rejects.toThrow("fetch failed");
  });

  it("delays", async () => {
    const waited: number[] = [];
    const { emulator, call } = await start({ sleep: async (ms) => void waited.push(ms) });
    emulator.faults.add({ operation: "ListImageServers", effect: { type: "delay", ms: 31_000 } });
    expect((await call("GET", "/image-servers")).status).toBe(200);
    expect(waited).toEqual([31_000]);
  });

  it("throttles at a rate on the emulator's clock", async () => {
    const { emulator, call } = await start();
    emulator.faults.add({ operation: "ListImageServers", effect: { type: "throttle", requests: 2, perSeconds: 60 } });
    const statuses = async () => {
      const seen = [];
      for (let index = 0; index < 3; index++) seen.push((await call("GET", "/image-servers")).status);
      return seen;
    };
    expect(await statuses()).toEqual([200, 200, 429]);
    emulator.clock.advance(61_000);
    expect(await statuses()).toEqual([200, 200, 429]);
  });

  it("can be listed, removed and cleared", async () => {
    const { emulator } = await start();
    const id = emulator.faults.add({ effect: { type: "cut", afterWork: false } });
    emulator.faults.add({ effect: { type: "cut", afterWork: true }, times: 3 });
    expect(emulator.faults.list()).toHaveLength(2);
    expect(emulator.faults.remove(id)).toBe(true);
    expect(emulator.faults.list()).toEqual([expect.objectContaining({ left: 3 })]);
    emulator.faults.clear();
    expect(emulator.faults.list()).toEqual([]);
  });
});

describe("/__emulator/", () => {
  it("adds faults, lists and removes them", async () => {
    const { emulator, call } = await start();
    const fault = { operation: "ListImageServers", effect: { type: "answer", status: 500, body: {} } };
    const { body } = await send(emulator, "POST", "/__emulator/faults", { body: JSON.stringify(fault) });
    expect((await send(emulator, "GET", "/__emulator/faults")).body).toEqual([{ ...fault, id: body.id, left: 1 }]);
    expect((await call("GET", "/image-servers")).status).toBe(500);
    expect((await send(emulator, "DELETE", `/__emulator/faults/${body.id}`)).status).toBe(404);
  });

  it.each([
    [[], "A fault must be an object."],
    [{}, "fault.effect must be an object."],
    [{ effect: { type: "explode" } }, "effect.type must be one of answer"],
    [{ effect: { type: "answer" } }, "effect.status must be a status from 200 to 599."],
    [{ effect: { type: "cut", afterWork: true }, opration: "x" }, "fault.opration is not known."],
    [
      { effect: { type: "cut", afterWork: true }, operation: "Nothing" },
      "fault.operation must be the operationId of an operation.",
    ],
  ])("refuses the fault %j and says why", async (fault, message) => {
    const reply = await send(createEmulator(), "POST", "/__emulator/faults", { body: JSON.stringify(fault) });
    expect(reply.status).toBe(400);
    expect(reply.body.message).toContain(message);
  });

  it("moves and speeds the clock", async () => {
    const { emulator } = await start({ startMs: Date.UTC(2026, 0, 1) });
    const body = JSON.stringify({ advanceMs: 3_600_000, speed: 0 });
    expect((await send(emulator, "POST", "/__emulator/clock", { body })).body).toEqual({
      now: "2026-01-01T01:00:00.000Z",
      speed: 0,
    });
  });

  it("shows the state and the last requests, without secrets", async () => {
    const { emulator, recreate, token } = await start();
    await recreate(world.serverId, "image");
    const state = await send(emulator, "GET", "/__emulator/state");
    expect(state.body.projects[0].jobs).toHaveLength(1);
    const requests = await send(emulator, "GET", "/__emulator/requests");
    expect(requests.body.at(-1)).toMatchObject({ operationId: "RecreateServerImage", status: 200 });
    for (const { body } of [state, requests]) {
      for (const secret of [token, world.key.secret, world.user.password])
        expect(JSON.stringify(body)).not.toContain(secret);
    }
  });

  it("resets to the world that it began with", async () => {
    const { emulator, recreate } = await start();
    await recreate(world.serverId);
    await send(emulator, "POST", "/__emulator/reset");
    expect(jobs(emulator)).toBe(0);
    expect(emulator.faults.list()).toEqual([]);
  });

  it("says what it offers", async () => {
    const reply = await send(createEmulator(), "GET", "/__emulator/nothing");
    expect(reply.status).toBe(404);
    expect(reply.body.actions).toContain("POST /__emulator/faults");
  });
});

it("worlds are isolated", async () => {
  const [one, two] = [await start(), await start()];
  await one.recreate(world.serverId);
  expect(jobs(one.emulator)).toBe(1);
  expect(jobs(two.emulator)).toBe(0);
});
