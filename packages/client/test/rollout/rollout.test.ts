import { expect, it } from "vitest";
import { memoryRolloutJournal, pruneImages, type RolloutRecord, rollBack, rollOut } from "../../src/index.ts";
import { world } from "../world.ts";
import { groupId, groupOf, minute, newImage, type Office, office, oldImage, plan } from "./group.ts";
import { runUntilKilled } from "./unkind-round.ts";

const scaling = {
  enable: true,
  max_scaling_amount: 10,
  single_expansion_count: 1,
  scaling_policy_by_session: { session_usage_threshold: 90, shrink_after_session_idle_minutes: 30 },
};
const user = (serverId: string, endsAfterMs?: number) => ({
  user: `user of ${serverId}`,
  serverId,
  ...(endsAfterMs === undefined ? {} : { endsAfterMs }),
});
const failing = { type: "job", fate: { fail: { code: "WKS.00211401", message: "The disk is full." } } } as const;

it("plans by reading only, and says what stands in the way", async () => {
  const appServers = ["REGISTERED", "FREEZE", "NONE"].map((status, index) => ({
    id: `s${index}`,
    groupId,
    name: `office-${index}`,
    status,
  }));
  const own = office({
    world: groupOf(0, { appServers: [...appServers, { id: "m", groupId, name: "m", isInMaintenance: true }] }),
  });
  const made = await plan(own);
  expect(own.sent.every((line) => line.startsWith("GET"))).toBe(true);
  expect(made).toMatchObject({
    from: { imageId: oldImage, imageType: "private" },
    to: { imageId: newImage },
    maxUnavailable: 1,
  });
  expect(made.servers.map(({ action }) => action).sort()).toEqual(["blocked", "blocked", "blocked", "move"]);
  expect(made.servers.find(({ id }) => id === "m")?.reason).toMatch(/maintenance/);
  expect(made.checks).toContainEqual(expect.objectContaining({ about: "image state", verdict: "good" }));
  expect(JSON.parse(JSON.stringify(made))).toEqual(made);
});

it("moves every server once its users have gone, switches scaling off meanwhile, and throws nobody out", async () => {
  const sessions = [user("s1", 40 * minute), user("s2", 20 * minute), user("s3", 90 * minute)];
  const own = office({ world: groupOf(5, { sessions }, { scaling }) });
  const policies: boolean[] = [];
  own.watchers.push(() => policies.push(own.streaming().scaling.get(groupId)?.enable === true));
  const report = await rollOut(own.client, await plan(own, { maxUnavailable: 2 }));
  expect(report).toMatchObject({ result: "done", imageId: newImage, leftovers: [] });
  expect(report.servers.map(({ state }) => state)).toEqual(Array(5).fill("moved"));
  expect(own.servers().map(({ image_id, maintain_status }) => [image_id, maintain_status])).toEqual(
    Array(5).fill([newImage, false]),
  );
  expect(own.thrownOut()).toEqual([]);
  expect(policies).toContain(false);
  expect(own.streaming().scaling.get(groupId)).toEqual(scaling);
});

it("takes no more servers out of service than the plan allows, and the first one alone", async () => {
  const own = office({ world: groupOf(8) });
  const out: number[] = [];
  own.watchers.push(() =>
    out.push(own.servers().filter((one) => one.maintain_status || one.status !== "REGISTERED").length),
  );
  const report = await rollOut(own.client, await plan(own, { maxUnavailable: 3, canary: 1 }));
  expect(report.result).toBe("done");
  expect(Math.max(...out)).toBe(3);
  const steps = out.filter((count, index) => count !== out[index - 1]);
  expect(steps.slice(0, 3)).toEqual([0, 1, 0]);
});

it("does not take a second server when one drops out by itself", async () => {
  const own = office({ world: groupOf(3) });
  const made = await plan(own);
  const [first] = own.servers();
  if (first !== undefined) first.status = "STOPPED";
  // What was ready when the run began counts; it begins with two of three.
  const controller = new AbortController();
  own.watchers.push((line) => {
    const [, second] = own.servers();
    if (line.startsWith("PATCH app-server-groups") && second !== undefined) second.status = "UNREGISTER";
  });
  const report = await rollOut(own.client, made, { signal: controller.signal, registerTimeoutMs: 10 * minute });
  expect(report.result).toBe("incomplete");
  expect(report.servers.map(({ state }) => state)).toEqual(["left", "left", "left"]);
  expect(own.sent.filter((line) => line.includes("batch-maint"))).toEqual([]);
});

it("counts sessions by the server and by the list: either keeps it from being re-imaged", async () => {
  for (const operation of ["ListServers", "ListSessions"]) {
    const own = office({ world: groupOf(2, { sessions: [user("s1"), user("s2")] }) });
    const field = operation === "ListServers" ? { session_count: 0 } : { session_state: "SignedOut" };
    own.emulator.faults.add({ operation, effect: { type: "fields", set: field } });
    if (operation === "ListServers")
      own.emulator.faults.add({ operation: "ShowServer", effect: { type: "fields", set: field } });
    const report = await rollOut(own.client, await plan(own), {
      drain: { timeoutMs: 20 * minute, atTimeout: "skip" },
    }).catch((error) => error);
    expect(own.thrownOut()).toEqual([]);
    expect(own.sent.filter((line) => line.includes("change-image"))).toEqual([]);
    expect(own.servers().map(({ maintain_status }) => maintain_status)).toContain(false);
    expect(report.result).toBe("incomplete");
  }
});

it("logs users off only when it is told to, after a message and time to save", async () => {
  const own = office({ world: groupOf(2, { sessions: [user("s1")] }) });
  const report = await rollOut(own.client, await plan(own), {
    drain: { timeoutMs: 10 * minute, atTimeout: "logoff", graceMs: 5 * minute },
  });
  expect(report.result).toBe("done");
  expect(own.thrownOut().map(({ endedBy }) => endedBy)).toEqual(["logoff"]);
});

it("leaves a server whose users stay, when it is told to skip", async () => {
  const own = office({ world: groupOf(2, { sessions: [user("s1")] }) });
  const options = { drain: { timeoutMs: 10 * minute, atTimeout: "skip" } } as const;
  const report = await rollOut(own.client, await plan(own), options);
  expect(report).toMatchObject({ result: "incomplete", leftovers: [] });
  expect(report.servers.map(({ id, state }) => [id, state]).sort()).toEqual([
    ["s1", "left"],
    ["s2", "moved"],
  ]);
  expect(own.servers().map(({ maintain_status }) => maintain_status)).toEqual([false, false]);
});

it("stops at the first failure, and names what is broken with the command that mends it", async () => {
  const own = office({ world: groupOf(3, {}, { scaling }) });
  own.emulator.faults.add({ operation: "BatchChangeServerImage", effect: failing });
  const report = await rollOut(own.client, await plan(own));
  expect(report.result).toBe("stopped");
  expect(report.reason).toMatch(/The disk is full/);
  const broken = own.servers().filter(({ status }) => status === "NONE");
  expect(report.leftovers).toMatchObject(
    broken.map(({ id }) => ({ what: "broken", serverId: id, mend: expect.stringContaining(id) })),
  );
  expect(broken).toHaveLength(1);
  expect(own.streaming().scaling.get(groupId)?.enable).toBe(true);
});

it("goes back by itself when it is told to: group and servers have the image from before, the broken one too", async () => {
  const own = office({ world: groupOf(4) });
  own.emulator.faults.add({ operation: "BatchChangeServerImage", from: 3, effect: failing });
  const report = await rollOut(own.client, await plan(own), { onFailure: "roll back" });
  expect(report).toMatchObject({ result: "rolled back", imageId: oldImage, leftovers: [] });
  expect(own.servers().map(({ image_id, status, maintain_status }) => [image_id, status, maintain_status])).toEqual(
    Array(4).fill([oldImage, "REGISTERED", false]),
  );
  expect(own.streaming().groups.get(groupId)?.image_id).toBe(oldImage);
});

it("goes back on word, from the journal of a rollout that has ended", async () => {
  const own = office({ world: groupOf(3, {}, { scaling }) });
  const journal = memoryRolloutJournal();
  await rollOut(own.client, await plan(own), { journal });
  const report = await rollBack(own.client, { journal });
  expect(report.result).toBe("rolled back");
  expect(own.servers().map(({ image_id }) => image_id)).toEqual(Array(3).fill(oldImage));
  expect(own.streaming().scaling.get(groupId)?.enable).toBe(true);
});

it("keeps a server that the caller's check refuses away from users, and says so", async () => {
  const own = office({ world: groupOf(2) });
  const report = await rollOut(own.client, await plan(own), { verify: () => false });
  expect(report.result).toBe("stopped");
  expect(report.leftovers).toMatchObject([{ what: "drained" }]);
  expect(own.servers().filter(({ maintain_status }) => maintain_status)).toHaveLength(1);
});

it("refuses a second run on the same group, and a plan that the world has left behind", async () => {
  const own = office({ world: groupOf(2) });
  const made = await plan(own);
  const first = rollOut(own.client, made);
  await expect(rollOut(own.client, made)).rejects.toThrow(/another run works on group/);
  expect((await first).result).toBe("done");
  own.sent.length = 0;
  await expect(rollOut(own.client, made)).rejects.toThrow(/Make another plan/);
  expect(own.sent.every((line) => line.startsWith("GET"))).toBe(true);
});

it("leaves it to the journal to hold a second run back, and gives a journal back that it was given in vain", async () => {
  const own = office({ world: groupOf(2) });
  const made = await plan(own);
  const first = rollOut(own.client, made);
  const held = { ...memoryRolloutJournal(), claim: () => Promise.reject(new Error("Its turn comes later.")) };
  await expect(rollOut(own.client, made, { journal: held })).rejects.toThrow("Its turn comes later.");
  const given: string[] = [];
  const claim = async () => {
    given.push("claimed");
    return { check: async () => {}, release: async () => void given.push("released") };
  };
  const journal = { ...memoryRolloutJournal(), claim };
  await expect(rollOut(own.client, made, { journal })).rejects.toThrow(/another run works on group/);
  expect(given).toEqual(["claimed", "released"]);
  expect((await first).result).toBe("done");
});

it("leaves a server to somebody who takes it out of maintenance mode meanwhile", async () => {
  const own = office({ world: groupOf(1, { sessions: [user("s1")] }) });
  let looks = 0;
  own.watchers.push((line) => {
    const [server] = own.servers();
    if (line === "GET app-servers" && ++looks === 12 && server !== undefined) server.maintain_status = false;
  });
  const report = await rollOut(own.client, await plan(own), { drain: { timeoutMs: 60 * minute, atTimeout: "skip" } });
  expect(report.servers).toMatchObject([{ state: "left", reason: expect.stringMatching(/Somebody/) }]);
  expect(own.servers()[0]?.image_id).toBe(oldImage);
});

it("sends and notes nothing more once its journal is another run's", async () => {
  const own = office({ world: groupOf(2) });
  const { records, append } = memoryRolloutJournal();
  const check = async () => {
    if (records.length >= 1) throw new Error("The lease is another's.");
  };
  const claim = async () => ({ check, release: async () => {} });
  await rollOut(own.client, await plan(own), { journal: { records, append, claim } }).catch(() => {});
  expect(records).toHaveLength(1);
  expect(own.sent.every((line) => line.startsWith("GET"))).toBe(true);
});

it("names what is drained and switched off when it is interrupted, and goes on from its journal", async () => {
  const own = office({
    world: groupOf(2, { sessions: [user("s1", 50 * minute), user("s2", 50 * minute)] }, { scaling }),
  });
  const controller = new AbortController();
  const records: RolloutRecord[] = [];
  const journal = { records, append: async (record: RolloutRecord) => void records.push(record) };
  let looks = 0;
  const onProgress = () => {
    if (++looks === 3) controller.abort(new Error("Enough."));
  };
  const report = await rollOut(own.client, await plan(own), { journal, signal: controller.signal, onProgress });
  expect(report.result).toBe("interrupted");
  expect(report.leftovers.map(({ what }) => what)).toEqual(["drained", "scaling off"]);
  const resumed = await rollOut(own.client, undefined, { journal });
  expect(resumed).toMatchObject({ result: "done", leftovers: [] });
  expect(own.thrownOut()).toEqual([]);
});

it.each([
  ["leave in their own time", 30, undefined],
  ["are logged off", 24 * 60, { atTimeout: "logoff", timeoutMs: 10 * minute, graceMs: minute }],
] as const)(
  "asks for three lists per interval at most, for a group of 100 with users who %s",
  async (_, stays, drain) => {
    const sessions = Array.from({ length: 300 }, (_, index) => ({
      user: `u${index}`,
      serverId: `s${(index % 100) + 1}`,
      endsAfterMs: (stays + (index % 50)) * minute,
    }));
    const own = office({ world: groupOf(100, { sessions }) });
    let lists = 0;
    const most: number[] = [];
    const made = await plan(own, { maxUnavailable: "25%" });
    own.watchers.push((line) => {
      if (["GET app-servers", "GET session/list-sessions", "GET app-server-sub-jobs"].includes(line)) lists += 1;
    });
    const onProgress = () => {
      most.push(lists);
      lists = 0;
    };
    const report = await rollOut(own.client, made, { onProgress, intervalMs: 5 * minute, ...(drain && { drain }) });
    expect(report.result).toBe("done");
    expect(Math.max(...most.slice(1))).toBeLessThanOrEqual(3);
    expect(own.thrownOut().filter(({ endedBy }) => drain === undefined || endedBy !== "logoff")).toEqual([]);
  },
);

it("refuses an image that is not there, and says of one that cannot be looked up that it is unknown", async () => {
  const own = office();
  const missing = await plan(own, { imageId: "b0000000-0000-4000-8000-000000000000" });
  expect(missing.checks).toContainEqual(expect.objectContaining({ about: "image", verdict: "bad" }));
  await expect(rollOut(own.client, missing)).rejects.toThrow(/knows no image/);
  expect(own.sent.every((line) => line.startsWith("GET"))).toBe(true);
  const body = { error_code: "APIGW.0302", error_msg: "Not allowed." };
  own.emulator.faults.add({ operation: "ListImages", effect: { type: "answer", status: 403, body } });
  expect((await plan(own)).checks).toContainEqual(expect.objectContaining({ about: "image", verdict: "unknown" }));
});

it("tries what only reads and says whether it is allowed; of changes it says that it is unknown", async () => {
  const own = office();
  const allowed = await plan(own);
  const of = (verdict: string) =>
    allowed.permissions.filter((one) => one.verdict === verdict).map(({ operation }) => operation);
  expect(of("bad")).toEqual([]);
  expect(of("good").sort()).toEqual([
    ...["ListServers", "ListSessions", "ListSubJobs", "ShowJobDetail", "ShowScalingPolicy", "ShowServer"],
    "ShowServerGroup",
  ]);
  expect(of("unknown")).toContain("BatchChangeServerImage");
  expect(own.sent.every((line) => line.startsWith("GET"))).toBe(true);
  const body = { error_code: "APIGW.0302", error_msg: "Not allowed." };
  own.emulator.faults.add({ operation: "ListSessions", effect: { type: "answer", status: 403, body } });
  const refused = await plan(own);
  expect(refused.checks).toContainEqual({
    about: "permissions",
    verdict: "bad",
    says: "The key may not call ListSessions (workspace:session:listSessions).",
  });
  await expect(rollOut(own.client, refused)).rejects.toThrow(/may not call ListSessions/);
});

it.each([
  [
    "a plan",
    (client: Office["client"], onThrottled: () => void) => plan({ client }, { onThrottled }),
    ["ShowServerGroup", "ListServers", "ShowScalingPolicy", "ListImages", "ShowImageQuota"],
    ["ListSessions", "ListSubJobs", "ShowServer", "ShowJobDetail"],
  ],
  [
    "a pruning",
    (client: Office["client"], onThrottled: () => void) =>
      pruneImages(client, { keep: 0, namePattern: /^office-/, isApproved: true, onThrottled }),
    ["ListImages", "ListServerGroups", "ListServers", "ListImageServers", "GlanceDeleteImage"],
    [],
  ],
] as const)("tells of throttling, whichever request of %s it meets", async (_, task, reads, more) => {
  const own = office();
  const operations = [...reads, ...more];
  for (const operation of operations)
    own.emulator.faults.add({ operation, effect: { type: "answer", status: 429, body: {} } });
  let told = 0;
  await task(own.client, () => {
    told += 1;
  });
  expect([told, own.emulator.faults.list()]).toEqual([operations.length, []]);
});

it("asks a check again that was cut off with the run, and does not take its server for failed", async () => {
  const own = office({ world: groupOf(1) });
  const journal = memoryRolloutJournal();
  const controller = new AbortController();
  const verify = () => {
    controller.abort(new Error("Ctrl-C"));
    throw new Error("killed");
  };
  const first = await rollOut(own.client, await plan(own), { journal, verify, signal: controller.signal });
  expect(first.result).toBe("interrupted");
  expect(journal.records.map(({ type }) => type)).not.toContain("failed");
  const report = await rollOut(own.client, undefined, { journal, verify: () => true });
  expect(report).toMatchObject({ result: "done", leftovers: [] });
});

it("prunes old images that nothing uses, shows them first, and never one in use", async () => {
  const own = office();
  const options = { keep: 1, namePattern: /^office-/ };
  const shown = await pruneImages(own.client, options);
  expect(shown.map(({ name, result }) => [name, result]).sort()).toEqual([
    ["office-2026-09", "kept"],
    ["office-2026-10", expect.stringMatching(/kept|to delete/)],
    ["office-2026-11", expect.stringMatching(/kept|to delete/)],
  ]);
  expect(shown.filter(({ result }) => result === "to delete")).toHaveLength(1);
  expect(own.sent.filter((line) => line.startsWith("DELETE"))).toEqual([]);
  const pruned = await pruneImages(own.client, { ...options, keep: 0, isApproved: true });
  const images = [...(own.emulator.state.projects.get(world.projectId)?.otherImages.values() ?? [])].map(
    ({ name }) => name,
  );
  expect(pruned.filter(({ result }) => result === "deleted")).toHaveLength(2);
  expect(images.filter((name) => name.startsWith("office-"))).toEqual(["office-2026-09"]);
});

it("looks once more right before a server is re-imaged: a user who came in between keeps it from that", async () => {
  const own = office({ world: groupOf(1) });
  const made = await plan(own);
  let lists = 0;
  own.watchers.push((line) => {
    const [server] = own.servers();
    if (line !== "GET session/list-sessions" || ++lists !== 2 || server === undefined) return;
    server.maintain_status = false;
    own.emulator.sessions.start({ user: "late", serverId: server.id, forMs: 60 * minute });
  });
  await rollOut(own.client, made);
  expect(lists).toBeGreaterThan(1);
  expect(own.thrownOut()).toEqual([]);
});

it("does not send a request again that may be under way: late work is waited for, and its job is taken up", async () => {
  const own = office({ world: groupOf(1) });
  own.emulator.faults.add({
    operation: "BatchChangeServerImage",
    effect: { type: "cut", afterWork: false, workAfterMs: 29_000 },
  });
  own.emulator.faults.add({ operation: "ShowServer", effect: { type: "lag", ms: 60_000 } });
  own.emulator.faults.add({ operation: "ListServers", effect: { type: "lag", ms: 100_000 } });
  own.emulator.faults.add({ operation: "ListSubJobs", effect: { type: "lag", ms: 100_000 } });
  const report = await rollOut(own.client, await plan(own));
  expect(report.result).toBe("done");
  expect(own.sent.filter((line) => line.includes("batch-change-image"))).toHaveLength(1);
});

it("goes on after any one step: killed at each note and request in turn, it moves every server once", async () => {
  for (let lifetime = 1; lifetime < 90; lifetime += 7) {
    const own = office({ world: groupOf(2, {}, { scaling }) });
    const made = await plan(own);
    const records: RolloutRecord[] = [];
    await runUntilKilled(own, made, {}, records, lifetime);
    const append = async (record: RolloutRecord) => void records.push(record);
    const report = await rollOut(own.client, made, { journal: { records: [...records], append } });
    expect([lifetime, report.result, report.leftovers]).toEqual([lifetime, "done", []]);
    const jobs = [...(own.emulator.state.projects.get(world.projectId)?.jobs.values() ?? [])];
    expect(jobs.filter(({ type }) => type === "CHANGE_SERVER_IMAGE")).toHaveLength(2);
    expect(own.streaming().scaling.get(groupId)).toEqual(scaling);
  }
});
