import type { World } from "@workspace-aps/emulator";
import { expect, it } from "vitest";
import { memoryRolloutJournal, type RolloutRecord, rollOut } from "../../src/index.ts";
import { world } from "../world.ts";
import { groupId, groupOf, minute, newImage, office, oldImage, plan } from "./group.ts";

/** What a rollout promises, each with a world in which it would be broken if nothing held it. */

const user = (serverId: string, endsAfterMs?: number) => ({
  user: `user of ${serverId}`,
  serverId,
  ...(endsAfterMs === undefined ? {} : { endsAfterMs }),
});
const changes = (own: ReturnType<typeof office>) =>
  [...(own.emulator.state.projects.get(world.projectId)?.jobs.values() ?? [])].filter(
    ({ type }) => type === "CHANGE_SERVER_IMAGE",
  );

it("finds a job whose id was lost among the parts of all jobs, where the server does not show it", async () => {
  const own = office({ world: groupOf(1) });
  own.emulator.faults.add({ operation: "BatchChangeServerImage", effect: { type: "cut", afterWork: true } });
  own.watchers.push((line) => {
    if (!line.includes("batch-change-image") || own.emulator.faults.list().length > 0) return;
    // From now on the server is shown as it was before the request, for longer than the run takes for settled.
    for (const operation of ["ListServers", "ShowServer"])
      own.emulator.faults.add({ operation, effect: { type: "lag", ms: 6 * minute } });
  });
  const records: RolloutRecord[] = [];
  const journal = { records, append: async (record: RolloutRecord) => void records.push(record) };
  const report = await rollOut(own.client, await plan(own), { journal });
  expect(report).toMatchObject({ result: "done", leftovers: [] });
  const [job, ...more] = changes(own);
  expect(more).toEqual([]);
  expect(own.sent.filter((line) => line.includes("batch-change-image"))).toHaveLength(1);
  const asked = own.sent.indexOf(
    "GET app-server-sub-jobs",
    own.sent.findIndex((line) => line.startsWith("POST")),
  );
  expect(asked).toBeGreaterThan(0);
  expect(records).toContainEqual(expect.objectContaining({ type: "job", serverId: "s1", jobId: job?.id }));
  expect(records.map(({ type }) => type)).not.toContain("nothing");
});

it.each([
  ["the other one names its job", ["resource_id"], []],
  ["nothing but the name is shown while it runs", ["resource_id"], ["job_id", "job_type", "job_status", "job_time"]],
])("gives no server the job of another one with its name: %s", async (_, omittedOfParts, omittedOfServers) => {
  const [group] = groupOf(0).serverGroups ?? [];
  const serverGroups = [group, { ...group, id: "elsewhere", name: "elsewhere" }] as NonNullable<World["serverGroups"]>;
  const appServers = [groupId, "elsewhere"].map((id, index) => ({ id: `s${index + 1}`, groupId: id, name: "office" }));
  const own = office({ world: groupOf(0, { serverGroups, appServers }) });
  own.emulator.faults.add({ operation: "BatchChangeServerImage", effect: { type: "cut", afterWork: false } });
  const somebody = own.clientOf(own.fetching);
  let theirs: Promise<unknown> | undefined;
  own.watchers.push((line) => {
    if (!line.includes("batch-change-image") || theirs !== undefined) return;
    const hide = (operation: string, omit: readonly string[], onlyRunning: boolean) =>
      own.emulator.faults.add({ operation, times: 9_999, effect: { type: "fields", omit, onlyRunning } });
    hide("ListSubJobs", omittedOfParts, true);
    hide("ListServers", omittedOfServers, false);
    const body = { image_id: newImage, image_type: "private", os_type: "Windows", server_ids: ["s2"] } as const;
    theirs = somebody.batchChangeServerImage({ body });
  });
  const records: RolloutRecord[] = [];
  const journal = { records, append: async (record: RolloutRecord) => void records.push(record) };
  const report = await rollOut(own.client, await plan(own), { journal });
  await theirs;
  expect(report).toMatchObject({ result: "done", leftovers: [] });
  const noted = records.flatMap((record) => (record.type === "job" ? [[record.serverId, record.jobId]] : []));
  const [first, second] = changes(own).map(({ id }) => id);
  expect([noted, second]).toEqual([[["s1", second]], expect.any(String)]);
  expect(first).not.toBe(second);
  expect(own.servers().map(({ image_id }) => image_id)).toEqual([newImage, newImage]);
});

it("looks for a job that its journal could not note: what was sent is not taken for nothing", async () => {
  const own = office({ world: groupOf(1) });
  const records: RolloutRecord[] = [];
  let failures = 0;
  const append = async (record: RolloutRecord) => {
    if (record.type === "job" && failures++ === 0) throw new Error("The disk is gone for a moment.");
    records.push(record);
  };
  const cutOff = await rollOut(own.client, await plan(own), { journal: { records, append } });
  expect([cutOff.result, String(cutOff.stoppedBy)]).toEqual([
    "interrupted",
    expect.stringContaining("journal cannot be written"),
  ]);
  expect(records.map(({ type }) => type)).not.toContain("nothing");
  const report = await rollOut(own.client, undefined, { journal: { records: [...records], append } });
  expect(report).toMatchObject({ result: "done", leftovers: [] });
  expect(changes(own)).toHaveLength(1);
});

it("waits until what is shown is later than the maintenance mode: a user who came just before it is seen late", async () => {
  const own = office({ world: groupOf(1) });
  const made = await plan(own);
  for (const operation of ["ListServers", "ShowServer"])
    own.emulator.faults.add({ operation, effect: { type: "fields", set: { session_count: 0 } } });
  own.emulator.faults.add({ operation: "ListSessions", effect: { type: "lag", ms: 150_000 } });
  own.pass(5 * minute);
  let hasCome = false;
  own.watchers.push((line) => {
    if (hasCome || !line.startsWith("PATCH app-server-groups")) return;
    hasCome = true;
    own.emulator.sessions.start({ user: "late", serverId: "s1", forMs: 60 * minute });
  });
  const report = await rollOut(own.client, made);
  expect([hasCome, own.thrownOut(), report.result]).toEqual([true, [], "done"]);
});

it("wants two looks in a row that show nobody: a list that leaves a user out once ends no session", async () => {
  const own = office({ world: groupOf(1, { sessions: [user("s1", 90 * minute)] }) });
  const made = await plan(own);
  for (const operation of ["ListServers", "ShowServer"])
    own.emulator.faults.add({ operation, effect: { type: "fields", set: { session_count: 0 } } });
  own.emulator.faults.add({
    operation: "ListSessions",
    times: 1,
    effect: { type: "fields", set: { session_state: "SignedOut" } },
  });
  const report = await rollOut(own.client, made, { drain: { timeoutMs: 20 * minute, atTimeout: "skip" } });
  expect(own.thrownOut()).toEqual([]);
  expect(report.servers).toMatchObject([{ id: "s1", state: "left" }]);
});

it("logs nobody off and re-images nothing under a user, however long one stays, unless it is told to", async () => {
  const own = office({ world: groupOf(1, { sessions: [user("s1", 180 * minute)] }) });
  const begunMs = own.now();
  const report = await rollOut(own.client, await plan(own), { drain: { timeoutMs: 10 * minute } });
  expect(report.result).toBe("done");
  expect(own.thrownOut()).toEqual([]);
  expect(own.sent.filter((line) => line.includes("logoff"))).toEqual([]);
  expect(own.now() - begunMs).toBeGreaterThan(180 * minute);
});

it("keeps as many servers in service as the plan says, also when others drop out on the way", async () => {
  const own = office({ world: groupOf(6) });
  const made = await plan(own, { maxUnavailable: 2, canary: 0 });
  const least: number[] = [];
  let looks = 0;
  own.watchers.push((line) => {
    const [, , , , fifth, sixth] = own.servers();
    // Two servers drop out, and one of them comes back later.
    if (line === "GET app-servers" && ++looks === 3 && fifth && sixth) fifth.status = sixth.status = "UNREGISTER";
    if (looks === 40 && fifth) fifth.status = "REGISTERED";
    if (!/maint/.test(line)) return;
    least.push(own.servers().filter((one) => one.status === "REGISTERED" && !one.maintain_status).length);
  });
  const report = await rollOut(own.client, made, { registerTimeoutMs: 10 * minute });
  expect(least.length).toBeGreaterThan(0);
  // What was out already when they dropped out may come on top of that; nothing is added.
  expect(Math.min(...least.slice(1))).toBeGreaterThanOrEqual(2);
  expect(report.servers.filter(({ state }) => state === "moved").length).toBeGreaterThan(0);
});

it("takes no more servers out at once because others have come on the way", async () => {
  const own = office({ world: groupOf(4) });
  const made = await plan(own, { maxUnavailable: 1, canary: 0 });
  const out: number[] = [];
  let looks = 0;
  own.watchers.push((line) => {
    const { servers } = own.streaming();
    const [first] = servers.values();
    if (line === "GET app-servers" && ++looks === 2 && first !== undefined)
      for (const id of ["n1", "n2", "n3"])
        servers.set(id, { ...first, id, name: id, image_id: newImage, maintain_status: false, job_id: undefined });
    out.push(own.servers().filter((one) => one.maintain_status).length);
  });
  expect((await rollOut(own.client, made)).result).toBe("done");
  expect(Math.max(...out)).toBe(1);
});

it("names every server: one that goes on the way, and one that comes", async () => {
  const own = office({ world: groupOf(3) });
  const made = await plan(own);
  let looks = 0;
  own.watchers.push((line) => {
    const servers = own.streaming().servers;
    if (line !== "GET app-servers" || ++looks !== 2) return;
    const [last] = [...servers.values()].reverse();
    if (last === undefined) return;
    servers.delete(last.id);
    servers.set("new", { ...last, id: "new", name: "office-new", image_id: newImage });
  });
  const report = await rollOut(own.client, made);
  const named = report.servers.map(({ id, state }) => [id, state]).sort();
  expect(named).toEqual([
    ["new", "moved"],
    ["s1", "moved"],
    ["s2", "moved"],
    ["s3", "gone"],
  ]);
});

it("does not say that it is back as long as one server has the new image", async () => {
  const own = office({ world: groupOf(3) });
  const fail = { type: "job", fate: { fail: { code: "WKS.00211401", message: "The disk is full." } } } as const;
  // Two are moved; the third fails, and so does every one on the way back.
  own.emulator.faults.add({ operation: "BatchChangeServerImage", from: 3, times: 100, effect: fail });
  const report = await rollOut(own.client, await plan(own), { onFailure: "roll back", registerTimeoutMs: 5 * minute });
  expect(own.streaming().groups.get(groupId)?.image_id).toBe(oldImage);
  expect(own.servers().map(({ image_id }) => image_id)).toContain(newImage);
  expect(report.result).toBe("incomplete");
  const bad = own.servers().filter(({ status, maintain_status }) => maintain_status || status !== "REGISTERED");
  expect(report.leftovers.map(({ serverId }) => serverId).sort()).toEqual(bad.map(({ id }) => id).sort());
});

it("does not say that it is done while a server that was to be moved has the old image, nor that a server is moved", async () => {
  const own = office({ world: groupOf(2, { sessions: [user("s1")] }) });
  const journal = memoryRolloutJournal();
  const drain = { timeoutMs: 10 * minute, atTimeout: "skip" } as const;
  const report = await rollOut(own.client, await plan(own), { journal, drain });
  expect(report.result).toBe("incomplete");
  const moved = report.servers.filter(({ state }) => state === "moved").map(({ id }) => id);
  expect(moved).toEqual(
    own
      .servers()
      .filter(({ image_id }) => image_id === newImage)
      .map(({ id }) => id),
  );
});

it("ends when somebody else gives the group another image, puts back what it has drained, and says who has it", async () => {
  const own = office({ world: groupOf(3, { sessions: [user("s1", 90 * minute)] }) });
  const made = await plan(own, { maxUnavailable: 3, canary: 0 });
  let looks = 0;
  own.watchers.push((line) => {
    const group = own.streaming().groups.get(groupId);
    if (line === "GET app-servers" && ++looks === 4 && group !== undefined) group.image_id = "somebody-elses";
  });
  const report = await rollOut(own.client, made);
  expect(report).toMatchObject({ result: "stopped", reason: expect.stringContaining("somebody-elses") });
  expect(own.streaming().groups.get(groupId)?.image_id).toBe("somebody-elses");
  expect(own.servers().find(({ id }) => id === "s1")).toMatchObject({ image_id: oldImage, maintain_status: false });
  expect(report.leftovers).toEqual([]);
});

it("says that it does not know which image the group has, when the request for it has no answer", async () => {
  const own = office({ world: groupOf(1) });
  const made = await plan(own);
  own.emulator.faults.add({ operation: "UpdateServerGroup", times: 100, effect: { type: "cut", afterWork: true } });
  const report = await rollOut(own.client, made);
  expect(report.result).toBe("interrupted");
  expect(report.leftovers).toMatchObject([{ what: "group image", mend: expect.stringContaining(groupId) }]);
});

it("moves a server that was blocked once nothing stands in the way; one that stays blocked makes it incomplete", async () => {
  for (const isReadyInTime of [true, false]) {
    const appServers = ["REGISTERED", "UNREGISTER"].map((status, index) => ({
      id: `s${index + 1}`,
      groupId,
      name: `office-${index + 1}`,
      status,
    }));
    const own = office({ world: groupOf(0, { appServers }) });
    const made = await plan(own);
    expect(made.servers.map(({ action }) => action)).toEqual(expect.arrayContaining(["move", "blocked"]));
    let looks = 0;
    own.watchers.push((line) => {
      const late = own.servers().find(({ id }) => id === "s2");
      if (line === "GET app-servers" && ++looks === 3 && isReadyInTime && late !== undefined)
        late.status = "REGISTERED";
    });
    const report = await rollOut(own.client, made, { registerTimeoutMs: 10 * minute });
    const late = report.servers.find(({ id }) => id === "s2");
    expect([report.result, late?.state]).toEqual(isReadyInTime ? ["done", "moved"] : ["incomplete", "left"]);
  }
});
