import { afterAll, expect, it } from "vitest";
import { currentVersion } from "../src/database/migrations.ts";
import { openFleet } from "../src/index.ts";
import { databaseOrSkip } from "./postgres.ts";
import { namesOf, worldOf } from "./world.ts";

const count = 20;
const ids = Array.from({ length: count }, (_, index) => `server-${index}`);
const { images, clientOf, made } = worldOf({ servers: { 1: ids }, speed: 100, jobs: "poll" });
const database = await databaseOrSkip({ isEmpty: true });
const fleet = openFleet({ databaseUrl: database.url, client: clientOf });
afterAll(async () => {
  await fleet[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

it("a database without tables is told what to run", async () => {
  await expect(fleet.status("nightly")).rejects.toThrow("Run: aps-fleet migrate");
  expect(await fleet.migrate()).toEqual({ from: 0, to: currentVersion });
  expect(await fleet.migrate()).toEqual({ from: currentVersion, to: currentVersion });
});

it("a run is written down once, as a whole or not at all", async () => {
  await expect(fleet.submit("nightly", [...images, { ...images[0], name: "a/b" } as never])).rejects.toThrow(
    /not submitted/,
  );
  await expect(fleet.status("nightly")).rejects.toThrow("There is no run nightly.");
  expect(await fleet.submit("nightly", images, { approval: true })).toEqual({ run: "nightly", added: count });
  expect(await fleet.submit("nightly", images, { approval: true })).toEqual({ run: "nightly", added: 0 });
  await expect(fleet.submit("nightly", images.slice(1))).rejects.toThrow(/there with other images/);
  expect((await fleet.status("nightly")).counts).toEqual({ waiting: count });
});

it("workers make every image of an approved run, once", async () => {
  const ends = new AbortController();
  const problems: unknown[] = [];
  const options = {
    signal: ends.signal,
    sweepIntervalMs: 100,
    lookIntervalMs: 100,
    pollIntervalMs: 500,
    onProblem: (e: unknown) => problems.push(e),
  };
  const workers = [fleet.work(options), fleet.work(options)];
  await fleet.approve("nightly", { by: "an operator" });
  const seen = await Array.fromAsync(fleet.watch("nightly", { intervalMs: 100 }));
  expect(seen.at(-1)).toMatchObject({ counts: { made: count }, hasEnded: true, approvedBy: "an operator" });
  ends.abort();
  await Promise.all(workers);
  expect(problems).toEqual([]);
  expect(made()).toEqual(namesOf(images));
  expect((await fleet.images("nightly")).every(({ imageId }) => imageId)).toBe(true);
});
