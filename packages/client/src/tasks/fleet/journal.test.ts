import { defaultWorld, type Emulator } from "@workspace-aps/emulator";
import { describe, expect, it } from "vitest";
import { virtual, world } from "../../../test/world.ts";
import { readBaseline } from "../image/baseline.ts";
import { createImage } from "../image/create-image.ts";
import { createImages } from "./create-images.ts";
import { type FleetJournal, type FleetRecord, memoryJournal, replay } from "./journal.ts";
import { resolveDoubt } from "./resolve-doubt.ts";

const { serverId } = world;
const image = { serverId, name: "office" };
const start: FleetRecord = { at: "2026-11-01T00:00:00.000Z", serverId, type: "start", name: "office" };

it("a run that is aborted while a request is noted does not send it, and the journal holds no doubt", async () => {
  const { client, sent } = virtual();
  const controller = new AbortController();
  const records: FleetRecord[] = [];
  const journal: FleetJournal = {
    records: [],
    append: async (record) => {
      records.push(record);
      if (record.type === "start") controller.abort(new Error("Enough."));
    },
  };
  const result = await createImages(client, [image], { journal, signal: controller.signal });
  expect(result.outcomes).toEqual([{ ...image, result: "not ended" }]);
  expect(result.stoppedBy).toBe(controller.signal.reason);
  expect(sent.filter((line) => line.startsWith("POST"))).toEqual([]);
  expect(replay(records).get(serverId)).toMatchObject({ step: "nothing" });
});

it("a run that is aborted while a throttled request waits brings it to its answer, and notes the job", async () => {
  const controller = new AbortController();
  const { client, emulator } = virtual({ onEvent: ({ type }) => type === "retry" && controller.abort("enough") });
  emulator.faults.add({ operation: "RecreateServerImage", effect: { type: "answer", status: 429, body: {} } });
  const journal = memoryJournal();
  const result = await createImages(client, [image], { journal, signal: controller.signal });
  const [jobId] = emulator.state.projects.get(world.projectId)?.jobs.keys() ?? [];
  expect(result.outcomes).toEqual([{ ...image, result: "not ended", jobId }]);
  expect(replay(journal.records).get(serverId)).toMatchObject({ step: "job", jobId });
});

it("a lost job that is found, and cannot be noted, is named", async () => {
  const { client } = virtual();
  const { jobId } = await createImage(client, image);
  const append = () => Promise.reject(new Error("No space left."));
  const result = await createImages(client, [image], { journal: { records: [start], append } });
  expect(result.outcomes).toEqual([{ ...image, result: "not ended", jobId }]);
  expect(result.stoppedBy).toMatchObject({ message: "No space left." });
});

it("a request in doubt is not taken up under another name, by which its job would not be found", async () => {
  const { client, sent } = virtual();
  const renamed = [{ serverId, name: "office-2" }];
  await expect(createImages(client, renamed, { journal: memoryJournal([start]) })).rejects.toThrow(
    /an image "office" of server .* as "in doubt"/,
  );
  expect(sent).toEqual([]);
  const refused: FleetRecord = { at: start.at, serverId, type: "refused", reason: "The name is taken." };
  const { allMade } = await createImages(client, renamed, { journal: memoryJournal([start, refused]) });
  expect(allMade).toBe(true);
});

it("a journal with a record that this version does not know is refused, lest an image be made again", async () => {
  const { client, sent } = virtual();
  const later = { at: start.at, serverId, type: "verified", jobId: "1" } as unknown as FleetRecord;
  await expect(createImages(client, [image], { journal: memoryJournal([start, later]) })).rejects.toThrow(
    /record of type "verified"/,
  );
  expect(sent).toEqual([]);
});

it("a refusal answers its own request only: a job that another run has noted stays", () => {
  const { at } = start;
  const records: FleetRecord[] = [
    { ...start, id: "a" },
    { at, serverId, type: "job", start: "a", jobId: "1" },
    { ...start, id: "b" },
    { at, serverId, type: "refused", start: "b", reason: "The server is BUILDING." },
  ];
  expect(replay(records).get(serverId)).toMatchObject({ step: "job", jobId: "1" });
  // Records of earlier versions do not say which request they answer.
  const old = records.map((record) => ({ ...record, id: undefined, start: undefined }));
  expect(replay(old).get(serverId)).toMatchObject({ step: "job", jobId: "1" });
});

it("a refusal of one of two requests leaves the other in doubt, since its first baseline", () => {
  const baseline = { at: "2026-11-01T00:00:00.000Z", status: "ACTIVE" };
  const records: FleetRecord[] = [
    { ...start, id: "a", baseline },
    { ...start, id: "b" },
    { at: start.at, serverId, type: "refused", start: "b", reason: "The server is BUILDING." },
  ];
  expect(replay(records).get(serverId)).toMatchObject({ step: "in doubt", starts: ["a"], baseline });
  // Whichever of the two was refused.
  records.splice(2, 1, { at: start.at, serverId, type: "refused", start: "a", reason: "The server is BUILDING." });
  expect(replay(records).get(serverId)).toMatchObject({ step: "in doubt", starts: ["b"] });
});

it("a journal of last month does not stand for this month's images", async () => {
  const { client, sent } = virtual();
  const records: FleetRecord[] = [
    { ...start, details: { description: "November" } },
    { at: start.at, serverId, type: "job", jobId: "1" },
    { at: start.at, serverId, type: "image", jobId: "1", imageId: "i", imageName: "office" },
  ];
  const journal = memoryJournal(records);
  const renamed = [{ serverId, name: "office-december" }];
  await expect(createImages(client, renamed, { journal })).rejects.toThrow(/given is one named "office-december"/);
  const otherwise = [{ ...image, description: "December" }];
  await expect(createImages(client, otherwise, { journal })).rejects.toThrow(/another description/);
  const same = [{ ...image, description: "November" }];
  expect((await createImages(client, same, { journal })).allMade).toBe(true);
  expect(sent).toEqual([]);
});

it("without a baseline doubt stays doubt, until a person says what became of it", async () => {
  const { client, emulator } = virtual();
  const journal = memoryJournal([start]);
  const { outcomes } = await createImages(client, [image], { journal });
  expect(outcomes).toMatchObject([{ result: "in doubt" }]);
  await resolveDoubt(journal, serverId, { notStarted: true });
  expect((await createImages(client, [image], { journal })).allMade).toBe(true);
  expect(emulator.state.projects.get(world.projectId)?.images.size).toBe(1);
  await expect(resolveDoubt(journal, serverId, { jobId: "1" })).rejects.toThrow(/no image of server .* is in doubt/);
});

it("the job that a person has found is waited for", async () => {
  const { client } = virtual();
  const { jobId } = await createImage(client, { serverId, name: "a name that nobody looks for" });
  const journal = memoryJournal([start]);
  await resolveDoubt(journal, serverId, { jobId });
  expect((await createImages(client, [image], { journal })).outcomes).toMatchObject([{ result: "made", jobId }]);
});

it("two runs do not write to one journal", async () => {
  const { client, emulator } = virtual();
  const journal = memoryJournal();
  const first = createImages(client, [image], { journal });
  await expect(createImages(client, [image], { journal })).rejects.toThrow(/another run writes to this journal/);
  expect((await first).allMade).toBe(true);
  expect(emulator.state.projects.get(world.projectId)?.images.size).toBe(1);
});

it("a run that has lost its journal to another sends nothing more", async () => {
  const { client, sent } = virtual();
  let released = 0;
  const claim = async () => ({
    check: () => Promise.reject(new Error("The lease is another's.")),
    release: async () => {
      released += 1;
    },
  });
  const result = await createImages(client, [image], { journal: { ...memoryJournal(), claim } });
  expect(result.outcomes).toEqual([{ ...image, result: "not ended" }]);
  expect(result.stoppedBy).toMatchObject({ message: "The lease is another's." });
  expect(sent.filter((line) => line.startsWith("POST"))).toEqual([]);
  expect(released).toBe(1);
});

it("a run that loses its journal while its request is throttled does not send it again, and leaves it in doubt", async () => {
  const { client, emulator, sent } = virtual();
  emulator.faults.add({
    operation: "RecreateServerImage",
    times: 9,
    effect: { type: "answer", status: 429, body: {} },
  });
  const posts = () => sent.filter((line) => line.startsWith("POST")).length;
  const check = async () => {
    if (posts() > 0) throw new Error("The lease is another's.");
  };
  const { records, append } = memoryJournal();
  const journal: FleetJournal = { records, append, claim: async () => ({ check, release: async () => {} }) };
  const { outcomes, stoppedBy } = await createImages(client, [image], { journal });
  expect(outcomes).toEqual([{ ...image, result: "not ended" }]);
  expect(stoppedBy).toMatchObject({ message: "The lease is another's." });
  expect(posts()).toBe(1);
  expect(replay(records).get(serverId)).toMatchObject({ step: "in doubt" });
});

it("a run that has lost its journal while its request was under way leaves it as it is, and names the job", async () => {
  const { client, emulator } = virtual();
  const { records, append } = memoryJournal();
  const check = async () => {
    if (jobsOf(emulator).length > 0) throw new Error("The lease is another's.");
  };
  const journal: FleetJournal = { records, append, claim: async () => ({ check, release: async () => {} }) };
  const { outcomes, stoppedBy } = await createImages(client, [image], { journal });
  expect(outcomes).toEqual([{ ...image, result: "not ended", jobId: jobsOf(emulator)[0] }]);
  expect(stoppedBy).toMatchObject({ message: "The lease is another's." });
  expect(records.map(({ type }) => type)).toEqual(["start"]);
  await expect(resolveDoubt(journal, serverId, { notStarted: true })).rejects.toThrow("The lease is another's.");
  expect(records).toHaveLength(1);
});

describe("a request that an earlier run took for lost, and that is carried out late after all", () => {
  const recreate = "RecreateServerImage";

  /** A first run is cut off after its request, which is held; the second finds nothing, and the work is done at this note. */
  async function lateAt(step: "refused" | "start") {
    const made = virtual({ maxAttempts: 1 });
    made.emulator.faults.add({
      operation: recreate,
      effect: { type: "cut", afterWork: false, workAfterMs: 600_000 },
    });
    const journal = memoryJournal();
    const baseline = await readBaseline(made.client, serverId);
    await journal.append({ at: start.at, serverId, type: "start", id: "first", name: "office", baseline });
    await made.client.recreateServerImage({ path: { server_id: serverId }, body: { name: "office" } }).catch(() => {});
    const append: FleetJournal["append"] = async (record) => {
      await journal.append(record);
      if (record.type === step) made.pass(600_000);
    };
    const [outcome] = (await createImages(made.client, [image], { journal: { ...journal, append } })).outcomes;
    return { ...made, outcome };
  }

  it("between the look at the server and the next request: the refusal is looked into, and the job is found", async () => {
    const { emulator, outcome } = await lateAt("start");
    expect(outcome).toMatchObject({ result: "made", jobId: jobsOf(emulator)[0] });
    expect(jobsOf(emulator)).toHaveLength(1);
  });

  it("just before the look at the server: it is no other's work, and its job is found", async () => {
    const { emulator, outcome } = await lateAt("refused");
    expect(outcome).toMatchObject({ result: "made", jobId: jobsOf(emulator)[0] });
    expect(jobsOf(emulator)).toHaveLength(1);
  });
});

it("a job that is known to be another image's is not taken for the one of a lost answer, though none shows its name", async () => {
  const images = ["one", "two"].map((id) => ({ serverId: id, name: `office-${id}` }));
  const servers = images.map(({ serverId: id }) => ({ id, projectId: world.projectId, name: id }));
  const { client, emulator } = virtual({}, { world: { ...defaultWorld, servers } });
  const nameless = { type: "fields", omit: ["resource_name"], onlyRunning: true } as const;
  emulator.faults.add({ operation: "ListImageSubJobs", effect: nameless });
  emulator.faults.add({ operation: "RecreateServerImage", from: 2, effect: { type: "cut", afterWork: true } });
  const { outcomes } = await createImages(client, images);
  expect(outcomes).toMatchObject(jobsOf(emulator).map((jobId) => ({ result: "made", jobId })));
});

it("a request that was given up as throttled, and is carried out late after all, is found when it is sent again", async () => {
  const { client, emulator } = virtual();
  const effect = { type: "answer", status: 429, headers: { "Retry-After": "600" }, body: {} } as const;
  emulator.faults.add({ operation: "RecreateServerImage", effect });
  const { records, append } = memoryJournal();
  const late: FleetJournal["append"] = async (record) => {
    await append(record);
    if (record.type === "refused")
      await client.recreateServerImage({ path: { server_id: serverId }, body: { name: "office" } });
  };
  const { outcomes } = await createImages(client, [image], { journal: { records, append: late } });
  expect(outcomes).toMatchObject([{ result: "made", jobId: jobsOf(emulator)[0] }]);
  expect(jobsOf(emulator)).toHaveLength(1);
});

function jobsOf({ state }: Emulator): string[] {
  return [...(state.projects.get(world.projectId)?.jobs.keys() ?? [])];
}
