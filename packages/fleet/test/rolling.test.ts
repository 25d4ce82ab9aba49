import { defaultWorld } from "@workspace-aps/emulator";
import { afterAll, expect, it } from "vitest";
import { openDatabase } from "../src/database/database.ts";
import { openFleet } from "../src/index.ts";
import { roll } from "../src/rollouts/roll.ts";
import { databaseOrSkip } from "./postgres.ts";
import { worldOf } from "./world.ts";

const [group] = defaultWorld.serverGroups ?? [];
if (group === undefined) throw new Error("The default world has no server group.");
const projectId = "1".repeat(32);
const groupIds = ["cut", "portal", "refused", "taken", "shared", "twice", "planned", "moved", "locked"];
const imageId = "f5d443de-a623-4950-a74d-569fe63c1f7a";
const { emulator, image, clientOf } = worldOf({
  ...{ servers: { 1: ["builder"] }, speed: 500, jobs: "poll" },
  more: {
    serverGroups: groupIds.map((id) => ({ ...group, id, name: id, projectId })),
    appServers: groupIds.flatMap((groupId) =>
      [1, 2].map((index) => ({ id: `${groupId}-${index}`, groupId, name: `${groupId}-${index}` })),
    ),
    sessions: [],
    otherImages: [
      { id: group.imageId, projectId, name: "office-before" },
      { id: imageId, projectId, name: "office-after" },
    ],
  },
});
const place = { account: "", region: image("builder").region, projectId };
const database = await databaseOrSkip();
const fleet = openFleet({ databaseUrl: database.url, client: clientOf });
const tables = openDatabase({ connectionString: database.url }, () => {});
const ends = new AbortController();

afterAll(async () => {
  ends.abort();
  await tables.close();
  await fleet[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

/** A run whose image is made, and whose rollout to a group has been planned by nobody yet. */
async function runFor(run: string, serverGroupId: string) {
  await fleet.submit(run, [image("builder")], {
    rollouts: [{ ...place, serverGroupId, serverId: "builder", canary: 0, approval: false }],
  });
  await tables.change("update aps_fleet.image set state = 'made', image_id = $2 where run = $1", [run, imageId]);
  const key = { ...place, run, serverGroupId };
  const rests: number[] = [];
  const rolling = {
    ...{ database: tables, client: clientOf(place), signal: ends.signal, intervalMs: 30_000 },
    ...{ onThrottled: () => {}, sleep: async (ms: number) => void rests.push(ms) },
  };
  return {
    roll: () => roll(rolling, key),
    rests,
    row: async () => (await fleet.rollouts(run))[0],
  };
}

it.each([
  ["cut", { type: "cut", afterWork: false }],
  ["portal", { type: "body", body: "html" }],
] as const)("plans a rollout again whose group could not be looked at: %s", async (serverGroupId, effect) => {
  const { roll, row } = await runFor(`to-${serverGroupId}`, serverGroupId);
  const fault = emulator.faults.add({ operation: "ShowServerGroup", effect, times: 100 });
  await expect(roll()).rejects.toThrow("ShowServerGroup");
  expect(await row()).toMatchObject({ state: "waiting", reason: null });
  emulator.faults.remove(fault);
  await roll();
  expect(await row()).toMatchObject({ state: "done" });
});

it("refuses a rollout for good whose group the service does not show", async () => {
  const { roll, row } = await runFor("to-refused", "refused");
  const body = { error_code: "WKS.00010404", error_msg: "There is no such group." };
  emulator.faults.add({ operation: "ShowServerGroup", effect: { type: "answer", status: 404, body } });
  await roll();
  expect(await row()).toMatchObject({ state: "refused", reason: expect.stringContaining("WKS.00010404") });
});

it("waits for longer than a key is locked when the key is refused in the middle of a rollout, and then goes on", async () => {
  const { roll, row, rests } = await runFor("locked", "locked");
  const body = { error_code: "APIGW.0301", error_msg: "Incorrect IAM authentication information." };
  const effect = { type: "answer", status: 401, body } as const;
  emulator.faults.add({ operation: "ListServers", effect, from: 6 });
  await roll();
  expect(await row()).toMatchObject({ state: "rolling", reason: expect.stringContaining("APIGW.0301") });
  expect(rests).toEqual([10 * 60_000]);
  await roll();
  expect(await row()).toMatchObject({ state: "done", reason: null });
});

it("says nothing of a rollout that another worker has taken over", async () => {
  const { roll, row } = await runFor("to-taken", "taken");
  const rolled = roll();
  await expect.poll(async () => (await row())?.report, { interval: 5 }).not.toBeNull();
  await tables.change("update aps_fleet.rollout set claim = gen_random_uuid(), report = null where run = 'to-taken'");
  await rolled;
  expect(await row()).toMatchObject({ state: "rolling", reason: null });
});

it("lets a second run wait that is to move a group which another one moves", async () => {
  const first = await runFor("first", "shared");
  const second = await runFor("second", "shared");
  const rolled = first.roll();
  await expect.poll(async () => (await first.row())?.state, { interval: 5 }).toBe("rolling");
  await second.roll();
  expect(await second.row()).toMatchObject({ state: "approved", reason: null });
  await rolled;
  expect(await first.row()).toMatchObject({ state: "done" });
});

it("lets the hand end that has lost a rollout to this very process, before the other one goes on", async () => {
  const { roll, row } = await runFor("twice", "twice");
  await Promise.all([roll(), roll()]);
  expect(await row()).toMatchObject({ state: "done", reason: null });
});

it.each([
  ["planned", "ShowServerGroup"],
  ["moved", "UpdateServerGroup"],
] as const)("lets its project rest when the service throttles it: while it is %s", async (serverGroupId, operation) => {
  emulator.faults.add({ operation, resource: serverGroupId, effect: { type: "answer", status: 429, body: {} } });
  const { row } = await runFor(serverGroupId, serverGroupId);
  const over = new AbortController();
  const worker = fleet.work({ signal: over.signal, pollIntervalMs: 500, sweepIntervalMs: 500, restMs: 60_000 });
  const rests = () => tables.rows("select 1 from aps_fleet.place where rest_until > now()");
  await expect.poll(rests, { interval: 20 }).toHaveLength(1);
  await expect.poll(async () => (await row())?.state, { interval: 50 }).toBe("done");
  over.abort();
  await worker;
  await tables.change("delete from aps_fleet.place");
});
