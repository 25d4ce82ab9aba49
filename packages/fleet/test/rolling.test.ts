import { defaultWorld } from "@workspace-aps/emulator";
import { afterAll, expect, it } from "vitest";
import { openDatabase } from "../src/database/database.ts";
import { openFleet } from "../src/index.ts";
import { roll } from "../src/rollouts/roll.ts";
import { trackKeys } from "../src/work/keys.ts";
import { databaseOrSkip } from "./postgres.ts";
import { worldOf } from "./world.ts";

const [group] = defaultWorld.serverGroups ?? [];
if (group === undefined) throw new Error("The default world has no server group.");
const projectId = "1".repeat(32);
const groupIds = [
  "cut",
  "portal",
  "refused",
  "taken",
  "shared",
  "twice",
  "planned",
  "moved",
  "locked",
  "half",
  "left",
  "given-up",
];
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
const keys = trackKeys(tables, { restMs: 1_000 });
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
  const rolling = {
    ...{ database: tables, client: clientOf(place), keys, signal: ends.signal, intervalMs: 30_000 },
    onThrottled: () => {},
  };
  return {
    roll: () => roll(rolling, key),
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

it("asks for nothing for longer than a key is locked that is refused in the middle of a rollout, and then goes on", async () => {
  const { roll, row } = await runFor("locked", "locked");
  const body = { error_code: "APIGW.0301", error_msg: "Incorrect IAM authentication information." };
  const effect = { type: "answer", status: 401, body } as const;
  emulator.faults.add({ operation: "ListServers", effect, from: 6 });
  await roll();
  expect(await row()).toMatchObject({ state: "rolling", reason: expect.stringContaining("APIGW.0301") });
  const last = emulator.requests.at(-1);
  await roll();
  expect(emulator.requests.at(-1)).toBe(last);
  expect(await tables.rows(restingKeys)).toHaveLength(1);
  await tables.change("delete from aps_fleet.refused_key");
  await roll();
  expect(await row()).toMatchObject({ state: "done", reason: null });
});

const restingKeys = "select 1 from aps_fleet.refused_key where rest_until > now() + interval '5 minutes'";

/** A rollout that the service refuses when one of two servers is moved. */
async function refusedHalfWay(run: string, serverGroupId: string) {
  const rollout = await runFor(run, serverGroupId);
  const body = { error_code: "WKS.00010403", error_msg: "Not any more." };
  emulator.faults.add({
    operation: "BatchChangeServerMaintainMode",
    effect: { type: "answer", status: 403, body },
    from: 3,
  });
  await rollout.roll();
  expect(await rollout.row()).toMatchObject({ state: "refused", reason: expect.stringContaining("WKS.00010403") });
  return rollout;
}

/** The images of the servers of a group, as the service has them. */
const imagesOn = (groupId: string) =>
  [...(emulator.state.projects.get(projectId)?.streaming.servers.values() ?? [])]
    .filter((server) => server.server_group_id === groupId)
    .map(({ image_id }) => image_id);

it("stops a rollout that is refused half-way, keeps what is done and its group, and goes on when it is told to", async () => {
  const { roll, row } = await refusedHalfWay("half", "half");
  expect((await row())?.reason).toContain("aps-fleet plan-again");
  expect((await row())?.report?.servers?.map(({ state }) => state)).toContain("moved");
  expect(imagesOn("half").filter((image) => image === imageId)).toHaveLength(1);
  const last = emulator.requests.at(-1);
  await roll();
  expect(emulator.requests.at(-1)).toBe(last);
  const other = await runFor("half-too", "half");
  await other.roll();
  expect(await other.row()).toMatchObject({ state: "approved" });

  expect(await fleet.planAgain("half", { by: "an operator" })).toBe(1);
  expect(await row()).toMatchObject({ state: "approved", approval: "not needed", plan: { version: 1 } });
  await roll();
  expect(await row()).toMatchObject({ state: "done", reason: null });
  expect(imagesOn("half")).toEqual([imageId, imageId]);
  await fleet.cancel("half-too", { by: "an operator" });
});

it("goes back from a rollout that is refused half-way, when it is told to", async () => {
  const { roll, row } = await refusedHalfWay("left", "left");
  expect(await fleet.rollBack("left", { by: "an operator" })).toBe(1);
  await roll();
  expect(await row()).toMatchObject({ state: "rolled back" });
  expect(imagesOn("left")).toEqual([group?.imageId, group?.imageId]);
});

it("leaves its group to others when a rollout is cancelled that is refused half-way", async () => {
  const { row } = await refusedHalfWay("given-up", "given-up");
  const other = await runFor("given-up-too", "given-up");
  await other.roll();
  await fleet.cancel("given-up", { by: "an operator" });
  expect(await row()).toMatchObject({ state: "stopped" });
  await other.roll();
  expect(await other.row()).not.toMatchObject({ state: "approved" });
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
