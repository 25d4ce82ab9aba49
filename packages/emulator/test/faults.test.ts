import { describe, expect, it } from "vitest";
import { createEmulator, InvalidInput } from "../src/index.ts";
import { start, world } from "./call.ts";

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

  it("throttles with the seconds to wait", async () => {
    const { emulator, call } = await start();
    emulator.faults.add({ effect: { type: "throttle", requests: 0, perSeconds: 60, retryAfter: 3 } });
    const reply = await call("GET", "/image-servers");
    expect(reply).toMatchObject({ status: 429, body: { error_code: "APIGW.0308", request_id: expect.any(String) } });
    expect(reply.headers.get("Retry-After")).toBe("3");
  });

  it.each([204, 304])("answers %i, which has no body", async (status) => {
    const { emulator, token } = await start();
    emulator.faults.add({ effect: { type: "answer", status, body: { lost: true } } });
    const url = `http://127.0.0.1/v1/${world.projectId}/image-servers`;
    const response = await emulator.fetch(url, { headers: { "X-Auth-Token": token } });
    expect([response.status, await response.text()]).toEqual([status, ""]);
  });

  it("of a job waits for an operation that starts one", async () => {
    const { emulator, call, recreate } = await start({ jobs: "instant" });
    const fail = { code: "IMG.0009", message: "taken" };
    emulator.faults.add({ effect: { type: "job", fate: { fail } } });
    await call("GET", "/image-servers");
    const { body } = await recreate(world.serverId);
    expect((await call("GET", `/image-server-jobs/${body.job_id}`)).body.status).toBe("FAILED");
    expect(emulator.requests.at(-2)).toMatchObject({ operationId: "RecreateServerImage", faults: [1] });
  });

  it("can be listed, removed and cleared", async () => {
    const { emulator } = await start();
    const id = emulator.faults.add({ effect: { type: "cut", afterWork: false } });
    emulator.faults.add({ effect: { type: "cut", afterWork: true }, times: 3 });
    emulator.faults.add({ effect: { type: "cut", afterWork: true }, probability: 0.5 });
    expect(emulator.faults.remove(id)).toBe(true);
    expect(emulator.faults.list()).toEqual([
      { id: 2, effect: { type: "cut", afterWork: true }, times: 3, left: 3 },
      { id: 3, effect: { type: "cut", afterWork: true }, probability: 0.5 },
    ]);
    emulator.faults.clear();
    expect(emulator.faults.list()).toEqual([]);
  });
});

describe("a fault that breaks a rule", () => {
  it.each([
    [[], "A fault must be an object."],
    [{}, "fault.effect must be an object; given was nothing."],
    [{ effect: { type: "explode" } }, /effect.type must be one of cut, replay, .*, page; given was "explode"\./],
    [{ effect: { type: "constructor" } }, "effect.type must be one of"],
    [{ effect: { type: "answer" } }, "effect.status must be a status from 200 to 599; given was nothing."],
    [{ effect: { type: "answer", status: 99 } }, "given was 99."],
    [{ effect: { type: "answer", status: 500, headers: { "a b": "c" } } }, "effect.headers must be an object of names"],
    [{ effect: { type: "answer", status: 500, headers: { a: "b\nc" } } }, "effect.headers must be an object of names"],
    [
      { effect: { type: "answer", status: 500, headers: { "Retry-After": 5 } } },
      "effect.headers must be an object of names",
    ],
    [
      { effect: { type: "delay", ms: 2 ** 31 } },
      "effect.ms must be milliseconds, at most 2147483647; given was 2147483648.",
    ],
    [{ effect: { type: "cut" } }, "effect.afterWork must be true or false"],
    [{ effect: { type: "job", fate: { fail: { code: "X" } } } }, "effect.fate must be { fail: { code, message"],
    [{ effect: { type: "job", fate: { hang: true, fail: {} } } }, "effect.fate must be"],
    [
      { effect: { type: "cut", afterWork: true }, opration: "x" },
      "fault.opration is not known; known are operation, resource, from, times, probability, effect.",
    ],
    [
      { effect: { type: "cut", afterWork: true }, operation: "Nothing" },
      /fault.operation must be one of ListImageServers, .* given was "Nothing"\./,
    ],
    [{ effect: { type: "cut", afterWork: true }, times: 0 }, "fault.times must be a whole number from 1; given was 0."],
    [
      { effect: { type: "cut", afterWork: true }, probability: 2 },
      "fault.probability must be a number from 0 to 1; given was 2.",
    ],
    [
      { effect: { type: "job", fate: { hang: true } }, operation: "ShowImageJob" },
      /ShowImageJob cannot have a fault job; CreateImageServer, RecreateServerImage, .*BatchReinstallServer.* can\./,
    ],
  ])("is refused: %j", (fault, message) => {
    const { faults } = createEmulator();
    expect(() => faults.add(fault as never)).toThrow(InvalidInput);
    expect(() => faults.add(fault as never)).toThrow(message);
    expect(faults.list()).toEqual([]);
  });
});

it("worlds are isolated", async () => {
  const [one, two] = [await start(), await start()];
  await one.recreate(world.serverId);
  expect(jobs(one.emulator)).toBe(1);
  expect(jobs(two.emulator)).toBe(0);
});
