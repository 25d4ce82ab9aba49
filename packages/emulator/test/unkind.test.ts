import { describe, expect, it } from "vitest";
import { effects } from "../src/faults/effects.ts";
import { createEmulator, defaultWorld, InvalidInput, unkindWorld, type World } from "../src/index.ts";
import { send, start, world } from "./call.ts";
import { sign } from "./sign.ts";

const minute = 60_000;
const hour = 60 * minute;
const jobsOf = (emulator: ReturnType<typeof createEmulator>) => [
  ...(emulator.state.projects.get(world.projectId)?.jobs.values() ?? []),
];
const lists = `/v1/${world.projectId}/image-servers`;

describe("a request that arrives twice", () => {
  it("answers with the refusal of the second, although the first did the work", async () => {
    const { emulator, recreate } = await start();
    emulator.faults.add({ operation: "RecreateServerImage", effect: { type: "replay" } });
    const reply = await recreate(world.serverId);
    expect(reply).toMatchObject({ status: 400, body: { error_msg: expect.stringContaining("is BUILDING") } });
    expect(jobsOf(emulator)).toHaveLength(1);
  });

  it("may answer with the first", async () => {
    const { emulator, recreate } = await start();
    emulator.faults.add({ operation: "RecreateServerImage", effect: { type: "replay", answer: "first" } });
    expect((await recreate(world.serverId)).status).toBe(200);
    expect(jobsOf(emulator)).toHaveLength(1);
  });

  it("makes a second image when it arrives after the first one was made", async () => {
    const { emulator, recreate } = await start();
    emulator.faults.add({ operation: "RecreateServerImage", effect: { type: "replay", afterMs: 30 * minute } });
    const { body } = await recreate(world.serverId);
    emulator.clock.advance(30 * minute);
    expect(jobsOf(emulator).map(({ status }) => status)).toEqual(["SUCCESS", "WAITING"]);
    expect(jobsOf(emulator)[0]?.id).toBe(body.job_id);
  });
});

describe("work that is done after the connection was cut", () => {
  it("begins when it is due, and not before", async () => {
    const { emulator, recreate } = await start({ startMs: Date.UTC(2026, 0, 1) });
    const effect = { type: "cut", afterWork: false, workAfterMs: 20_000 } as const;
    emulator.faults.add({ operation: "RecreateServerImage", effect });
    await expect(recreate(world.serverId)).rejects.toThrow("fetch failed");
    emulator.clock.advance(19_999);
    expect(jobsOf(emulator)).toEqual([]);
    emulator.clock.advance(60_000);
    expect(jobsOf(emulator)).toMatchObject([{ createdAtMs: Date.UTC(2026, 0, 1, 0, 0, 20), status: "RUNNING" }]);
  });

  it("is refused by the state that it then finds", async () => {
    const { emulator, recreate } = await start();
    const effect = { type: "cut", afterWork: false, workAfterMs: 20_000 } as const;
    emulator.faults.add({ operation: "RecreateServerImage", effect });
    await recreate(world.serverId).catch(() => {});
    expect((await recreate(world.serverId)).status).toBe(200);
    emulator.clock.advance(20_000);
    expect(jobsOf(emulator)).toHaveLength(1);
  });
});

describe("the clock", () => {
  const signedAt = (ms: number) => {
    const { url, init } = sign({ method: "GET", path: lists, ...world.key, atMs: ms });
    return { url, init };
  };

  it.each([-8 * hour, 45 * minute])(
    "may be another one than the caller's, by %i ms, which Date tells",
    async (skewMs) => {
      const realNow = () => Date.UTC(2026, 0, 1);
      const { emulator, call, recreate, jobOf } = await start({
        speed: 1,
        realNow,
        world: { ...defaultWorld, clock: { skewMs } },
      });
      const reply = await call("GET", "/image-servers");
      expect(Date.parse(reply.headers.get("Date") ?? "")).toBe(realNow() + skewMs);
      const { body } = await recreate(world.serverId);
      expect(Date.parse((await jobOf(body.job_id)).begin_time)).toBe(realNow() + skewMs);
      const right = signedAt(realNow() + skewMs);
      expect((await emulator.fetch(right.url, right.init)).status).toBe(200);
      const wrong = signedAt(realNow());
      expect((await emulator.fetch(wrong.url, wrong.init)).status).toBe(401);
    },
  );

  it("is one: Date runs with it, and a signature by it is as good as one by the clock of a caller", async () => {
    let realMs = Date.UTC(2026, 0, 1);
    const emulator = createEmulator({ speed: 100, realNow: () => realMs });
    realMs += hour;
    const at = async (ms: number) => {
      const { url, init } = signedAt(ms);
      return (await emulator.fetch(url, init)).status;
    };
    const reply = await send(emulator, "GET", lists);
    expect(Date.parse(reply.headers.get("Date") ?? "")).toBe(Date.UTC(2026, 0, 1) + 100 * hour);
    expect(await at(emulator.clock.now())).toBe(200);
    expect(await at(realMs)).toBe(200);
    expect(await at(realMs + 10 * hour)).toBe(401);
  });

  it("can be skewed while it runs, and is reset with the world", async () => {
    const emulator = createEmulator({ startMs: 0, speed: 0, world: { ...defaultWorld, clock: { skewMs: 5 } } });
    expect(emulator.clock.now()).toBe(5);
    await send(emulator, "POST", "/__emulator/clock", { body: '{ "skewMs": -3600000 }' });
    expect([emulator.clock.now(), emulator.clock.skewMs]).toEqual([-hour, -hour]);
    emulator.reset();
    expect([emulator.clock.now(), emulator.clock.skewMs]).toEqual([5, 5]);
  });
});

describe("a fault bound to a resource", () => {
  const servers = ["a", "b"].map((id) => ({ id, name: id, projectId: world.projectId }));

  it("hits the calls that name it or are about its job, from the nth on", async () => {
    const { emulator, call, recreate, jobOf } = await start({ world: { ...defaultWorld, servers } });
    emulator.faults.add({ resource: "b", times: 9, effect: { type: "answer", status: 500, body: {} } });
    const { body } = await recreate("a");
    expect((await recreate("b")).status).toBe(500);
    expect((await call("GET", "/image-servers?server_id=b")).status).toBe(500);
    expect((await call("PATCH", "/image-servers/actions/batch-delete", { items: ["b"], recursive: true })).status).toBe(
      500,
    );
    expect((await jobOf(body.job_id)).status).toBe("WAITING");
    emulator.faults.clear();
    const job = (await recreate("b")).body.job_id;
    emulator.faults.add({ resource: "b", from: 3, effect: { type: "answer", status: 502, body: {} } });
    const statuses = [];
    for (let look = 0; look < 4; look++) statuses.push((await call("GET", `/image-server-jobs/${job}`)).status);
    expect(statuses).toEqual([200, 200, 502, 200]);
  });
});

describe("throttling", () => {
  it.each([
    [60, "time:1 minute"],
    [1, "time:1 second"],
    [90, "time:90 second"],
    [86_400, "time:1 day"],
  ])("names policy, number and period: %i s", async (perSeconds, period) => {
    const { emulator, call } = await start();
    emulator.faults.add({ operation: "ListImageServers", effect: { type: "throttle", requests: 0, perSeconds } });
    const { body } = await call("GET", "/image-servers");
    expect(body.error_msg).toContain(`policy workspace_default_get,limit:0,${period}`);
  });
});

describe("a key", () => {
  const callWith = async (emulator: ReturnType<typeof createEmulator>, secret: string, securityToken?: string) => {
    const extra = securityToken === undefined ? {} : { securityToken };
    const { url, init } = sign({ method: "GET", path: lists, id: world.key.id, secret, ...extra });
    return emulator.fetch(url, init);
  };

  it("is locked for five minutes after more than five wrong signatures in a row, where the rules say so", async () => {
    const emulator = createEmulator({ speed: 0, world: { ...defaultWorld, rules: { lockKeys: true } } });
    for (let wrong = 0; wrong < 5; wrong++) await callWith(emulator, "wrong");
    expect((await callWith(emulator, world.key.secret)).status).toBe(200);
    for (let wrong = 0; wrong < 6; wrong++) await callWith(emulator, "wrong");
    const locked = await callWith(emulator, world.key.secret);
    expect([locked.status, await locked.json()]).toEqual([
      401,
      expect.objectContaining({ error_code: "APIGW.0301", error_msg: expect.stringContaining("blocked") }),
    ]);
    emulator.clock.advance(5 * minute);
    expect((await callWith(emulator, world.key.secret)).status).toBe(200);
  });

  it("that is permanent is refused with a security token of another one", async () => {
    expect((await callWith(createEmulator(), world.key.secret, "expired")).status).toBe(401);
  });
});

describe("a rule", () => {
  it("refuses a name that an image has, or one that is being made", async () => {
    const { emulator, recreate } = await start({ jobs: "instant" });
    emulator.setRules({ takenNames: "refused" });
    expect((await recreate(world.serverId, "one")).status).toBe(200);
    expect(await recreate(world.serverId, "one")).toMatchObject({
      status: 400,
      body: { error_msg: expect.stringContaining("There is an image one already.") },
    });
    expect((await recreate(world.serverId, "two")).status).toBe(200);
  });

  it("lets the job fail instead, and the server be in a state of its choice", async () => {
    const rules = { takenNames: "failed", afterFailedImage: "ERROR" } as const;
    const { call, recreate, jobOf } = await start({ jobs: "instant", world: { ...defaultWorld, rules } });
    await recreate(world.serverId, "one");
    const { body } = await recreate(world.serverId, "one");
    expect((await jobOf(body.job_id)).sub_jobs[0].job_execute_info.error_code).toBe("IMG.0009");
    expect((await call("GET", `/image-servers/${world.serverId}`)).body.status).toBe("ERROR");
  });

  it("that is none is refused with what it can be", async () => {
    const emulator = createEmulator();
    expect(() => emulator.setRules({ takenNames: "never" } as never)).toThrow(InvalidInput);
    const reply = await send(emulator, "POST", "/__emulator/rules", { body: '{ "lockKeys": 1 }' });
    expect(reply).toMatchObject({
      status: 400,
      body: { message: "rules.lockKeys must be true or false; given was 1." },
    });
    expect((await send(emulator, "POST", "/__emulator/rules", { body: '{ "lockKeys": true }' })).body).toMatchObject({
      lockKeys: true,
      takenNames: "allowed",
    });
  });
});

describe("an unkind world", () => {
  it("is the same for the same seed, and another one for another", () => {
    expect(unkindWorld(defaultWorld, 7)).toEqual(unkindWorld(defaultWorld, 7));
    expect(unkindWorld(defaultWorld, 7)).not.toEqual(unkindWorld(defaultWorld, 8));
  });

  it("is made of what can be given by itself, with every effect in some of them", () => {
    const seen = new Set<string>();
    for (let seed = 0; seed < 200; seed++) {
      const { faults } = createEmulator({ unkind: seed });
      for (const { effect } of faults.list()) seen.add(effect.type);
    }
    // What a slow machine is like, everybody has seen in the kind world.
    const others = ["body", "delay"];
    expect([...seen, ...others].sort()).toEqual(Object.keys(effects).sort());
  });

  it("keeps what the world says itself, and comes back after a reset", async () => {
    const own: World = { ...defaultWorld, rules: { lockKeys: false }, clock: { skewMs: 1 } };
    const emulator = createEmulator({ world: own, unkind: 3 });
    expect([emulator.rules.lockKeys, emulator.clock.skewMs]).toEqual([false, 1]);
    const faults = emulator.faults.list().map(({ effect }) => effect);
    emulator.faults.clear();
    emulator.reset();
    expect(emulator.faults.list().map(({ effect }) => effect)).toEqual(faults);
  });

  it("can be made of a kind one over HTTP", async () => {
    const emulator = createEmulator();
    const { status, body } = await send(emulator, "POST", "/__emulator/unkind", { body: '{ "seed": 7 }' });
    expect(status).toBe(200);
    const { faults, rules, clock } = unkindWorld(defaultWorld, 7);
    expect(body).toEqual({ faults, rules, clock });
    expect(emulator.faults.list()).toHaveLength(faults?.length ?? 0);
    expect(emulator.clock.skewMs).toBe(clock?.skewMs);
    emulator.clock.advance(8 * hour);
    const sessions = emulator.state.projects.get(world.projectId)?.streaming.sessions.size;
    expect(sessions).toBeGreaterThan(defaultWorld.sessions?.length ?? 0);
  });
});

describe("the index", () => {
  it("shows every effect and rule with an example that works", async () => {
    const emulator = createEmulator();
    const { body } = await send(emulator, "GET", "/__emulator/");
    expect(Object.keys(body.faults)).toContain("lateResult");
    for (const { example } of Object.values<{ example: unknown }>(body.faults)) {
      const init = { body: JSON.stringify(example) };
      expect((await send(emulator, "POST", "/__emulator/faults", init)).status).toBe(201);
    }
    for (const { example } of Object.values<{ example: unknown }>(body.rules))
      expect((await send(emulator, "POST", "/__emulator/rules", { body: JSON.stringify(example) })).status).toBe(200);
  });
});
