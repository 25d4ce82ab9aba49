import { afterAll, expect, it } from "vitest";
import { openFleet } from "../src/index.ts";
import { databaseOrSkip } from "./postgres.ts";
import { namesOf, worldOf } from "./world.ts";

// Two accounts in two regions, with the same ids and names in both.
const servers = { 1: ["server-1", "server-2"], 2: ["server-3"] };
const worlds = {
  blue: worldOf({ servers, speed: 100, jobs: "poll" }),
  green: worldOf({ servers, region: "eu-west-101", speed: 100, jobs: "poll" }),
};
const { blue, green } = worlds;
const database = await databaseOrSkip();
const fleet = openFleet({
  databaseUrl: database.url,
  client: (place) => worlds[place.account as keyof typeof worlds].clientOf(place),
});
afterAll(async () => {
  await fleet[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

it("makes the images of several accounts and regions in one run, and waits in none for another", async () => {
  const images = Object.entries(worlds).flatMap(([account, world]) =>
    world.images.map((image) => ({ ...image, account })),
  );
  green.emulator.faults.add({
    operation: "RecreateServerImage",
    effect: { type: "answer", status: 429, body: {} },
    times: 1_000,
  });
  await fleet.submit("both", images);
  const ends = new AbortController();
  const pace = { sweepIntervalMs: 100, lookIntervalMs: 100, pollIntervalMs: 500, restMs: 500 };
  const worker = fleet.work({ ...pace, signal: ends.signal });
  await expect.poll(() => blue.made(), { interval: 20 }).toEqual(namesOf(blue.images));
  expect(green.made()).toEqual([]);
  green.emulator.faults.clear();
  await expect.poll(async () => (await fleet.status("both")).hasEnded, { interval: 100 }).toBe(true);
  ends.abort();
  await worker;
  expect((await fleet.status("both")).counts).toEqual({ made: images.length });
  expect(green.made()).toEqual(namesOf(green.images));
});
