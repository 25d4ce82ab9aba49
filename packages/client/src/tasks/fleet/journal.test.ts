import { expect, it } from "vitest";
import { virtual, world } from "../../../test/world.ts";
import { createImage } from "../image/create-image.ts";
import { createImages } from "./create-images.ts";
import { type FleetJournal, type FleetRecord, memoryJournal, replay } from "./journal.ts";

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
  expect(sent).toEqual([]);
  expect(replay(records).get(serverId)).toEqual({ step: "nothing" });
});

it("a run that is aborted while a throttled request waits brings it to its answer, and notes the job", async () => {
  const controller = new AbortController();
  const { client, emulator } = virtual({ onEvent: ({ type }) => type === "retry" && controller.abort("enough") });
  emulator.faults.add({ operation: "RecreateServerImage", effect: { type: "answer", status: 429, body: {} } });
  const journal = memoryJournal();
  const result = await createImages(client, [image], { journal, signal: controller.signal });
  const [jobId] = emulator.state.projects.get(world.projectId)?.jobs.keys() ?? [];
  expect(result.outcomes).toEqual([{ ...image, result: "not ended", jobId }]);
  expect(replay(journal.records).get(serverId)).toEqual({ step: "job", jobId });
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
    /an image "office" of server .* in doubt/,
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
