import { Client as Connection } from "pg";
import { expect, it } from "vitest";
import { placeKey } from "../src/place.ts";
import { queueSchema, startQueue } from "../src/work/queues.ts";
import { withQueue } from "../src/work/with-queue.ts";
import { fleetOrSkip } from "./fleet-or-skip.ts";
import { worldOf } from "./world.ts";

const { emulator, images, clientOf, started } = worldOf({
  servers: { 1: ["in-hand"], 2: ["comes-late"] },
  ...{ speed: 100, jobs: "poll" },
});
const { database, fleet } = await fleetOrSkip(clientOf);

it("takes nothing up any more once it is asked to end, and leaves what comes to others", async () => {
  const [inHand, late] = images;
  if (inHand === undefined || late === undefined) throw new Error("There are no images.");
  // Longer than two questions for work.
  emulator.faults.add({ operation: "RecreateServerImage", effect: { type: "delay", ms: 1_500 } });
  await fleet.submit("nightly", [inHand]);
  const ends = new AbortController();
  const worker = fleet.work({ signal: ends.signal, pollIntervalMs: 500 });
  await expect.poll(async () => (await fleet.images("nightly"))[0]?.state, { interval: 10 }).toBe("in doubt");
  ends.abort();
  await fleet.submit("late", [late]);
  const place = { account: "", region: late.region, projectId: late.projectId };
  const singletonKey = `${placeKey(place)}/1`;
  const use = { databaseUrl: database.url, connections: 2, takeOverIntervalMs: undefined, onProblem: () => {} };
  await withQueue(use, (boss) => boss.send(startQueue, { ...place, lane: 1 }, { singletonKey }));
  await worker;
  expect(await fleet.images("nightly")).toMatchObject([{ state: "job", claim: null }]);
  expect(started()).toBe(1);
  expect(await statesOf(singletonKey)).toEqual(["created"]);
});

/** What has become of the jobs of a lane. */
async function statesOf(singletonKey: string): Promise<string[]> {
  const connection = new Connection(database.url);
  await connection.connect();
  const { rows } = await connection.query<{ state: string }>(
    `select state from ${queueSchema}.job where singleton_key = $1 order by state`,
    [singletonKey],
  );
  await connection.end();
  return rows.map(({ state }) => state);
}
