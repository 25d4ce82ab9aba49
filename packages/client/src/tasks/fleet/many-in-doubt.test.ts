import { createEmulator, defaultWorld } from "@workspace-aps/emulator";
import { expect, it } from "vitest";
import { createVirtualTime } from "../../../test/chaos/virtual-time.ts";
import { world } from "../../../test/world.ts";
import { createClient } from "../../client.ts";
import { accessKey } from "../../credentials/access-key.ts";
import * as operations from "../../generated/operations.ts";
import { readBaseline } from "../image/baseline.ts";
import { createImages } from "./create-images.ts";
import { memoryJournal } from "./journal.ts";

const { projectId } = world;

it("all images in doubt share one walk through the parts of jobs", async () => {
  expect(await pagesFor(1)).toBe(5);
  expect(await pagesFor(20)).toBe(5);
});

/** How many pages of parts of jobs are asked for until the jobs of so many lost answers are known, of 20 that there are. */
async function pagesFor(inDoubt: number): Promise<number> {
  const images = Array.from({ length: 20 }, (_, index) => ({ serverId: `server-${index}`, name: `office-${index}` }));
  const servers = images.map(({ serverId }) => ({ id: serverId, projectId, name: serverId }));
  const { now, sleep } = createVirtualTime(Date.UTC(2026, 10, 1));
  const emulator = createEmulator({ world: { ...defaultWorld, servers }, realNow: now, sleep });
  let pages = 0;
  const client = createClient({
    operations,
    endpoint: "http://127.0.0.1:4010",
    projectId,
    credentials: accessKey(world.key),
    fetch: (input, init) => {
      if (String(input).includes("sub-jobs")) pages++;
      return emulator.fetch(input as string, init);
    },
    now,
    sleep,
  });
  const journal = memoryJournal();
  for (const { serverId, name } of images) {
    const baseline = await readBaseline(client, serverId);
    await journal.append({ at: new Date(now()).toISOString(), serverId, type: "start", id: name, name, baseline });
    const { job_id: jobId } = await client.recreateServerImage({ path: { server_id: serverId }, body: { name } });
    const isKnown = Number(serverId.slice("server-".length)) >= inDoubt;
    if (isKnown) await journal.append({ at: new Date(now()).toISOString(), serverId, type: "job", start: name, jobId });
  }
  emulator.faults.add({ operation: "ListImageSubJobs", effect: { type: "page", most: 5 } });
  const { outcomes } = await createImages(client, images, { journal, concurrency: 20, timeoutMs: 1 });
  const jobIds = emulator.state.projects.get(projectId)?.jobs.keys() ?? [];
  expect(outcomes).toMatchObject([...jobIds].map((jobId) => ({ result: "timed out", jobId })));
  return pages;
}
