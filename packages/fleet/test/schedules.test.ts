import { setTimeout as wait } from "node:timers/promises";
import { TestClock } from "pg-boss";
import { expect, it } from "vitest";
import { currentVersion } from "../src/database/migrations.ts";
import type { ScheduleOptions } from "../src/index.ts";
import { schedule, submitScheduled } from "../src/schedules/schedule.ts";
import { withQueue } from "../src/work/with-queue.ts";
import { work } from "../src/work/work.ts";
import { fleetOrSkip } from "./fleet-or-skip.ts";
import { noClient, worldOf } from "./world.ts";

const servers = { 1: ["server", "other"] };
const { image: imageOf, clientOf, made } = worldOf({ servers, speed: 100, jobs: "poll" });
const image = { ...imageOf("server"), name: "office-{date}" };
const { database, tables, fleet } = await fleetOrSkip(noClient);
it("refuses a schedule that would break a rule some night", async () => {
  const at = (cron: string, timeZone: string, name: string) =>
    fleet.schedule("nightly", cron, { timeZone, images: [{ ...image, name }] });
  await expect(at("0 2 * * *", "Mars/Olympus", "office-{date}")).rejects.toThrow('no time zone "Mars/Olympus"');
  await expect(at("every night", "UTC", "office-{date}")).rejects.toThrow("no cron expression");
  await expect(at("0 2 * * *", "UTC", "office")).rejects.toThrow("has no {date}");
  await expect(at("0 2 * * *", "UTC", "a/{date}")).rejects.toThrow("not submitted");
  expect(await fleet.schedules()).toEqual([]);
});

it("gives every night its own run and names, by the date of its zone", async () => {
  const options = { timeZone: "Asia/Singapore", images: [image], approval: true };
  await fleet.schedule("nightly", "0 2 * * *", options);
  expect(await fleet.schedules()).toEqual([{ name: "nightly", cron: "0 2 * * *", ...options }]);
  const nights = ["2026-11-29T18:00:03Z", "2026-11-30T18:00:01Z", "2026-11-30T18:00:41Z"];
  for (const night of nights) await submitScheduled(tables, "nightly", new Date(night));
  const runs = await fleet.runs();
  expect(runs.map(({ run }) => run).sort()).toEqual(["nightly-2026-11-30-0200", "nightly-2026-12-01-0200"]);
  expect(runs).toMatchObject([{ schedule: "nightly", approval: "needed" }, { counts: { waiting: 1 } }]);
  expect(await fleet.images("nightly-2026-12-01-0200")).toMatchObject([{ name: "office-2026-12-01" }]);
  expect(await fleet.unschedule("nightly")).toBe(true);
  expect(await submitScheduled(tables, "nightly", new Date())).toBeUndefined();
});

it("a night on a test clock: every schedule by its own zone, an hour that comes twice, and workers that were away", async () => {
  // The night in which clocks go back in Berlin.
  const clock = new TestClock("2026-10-24T12:00:00Z");
  const ends = new AbortController();
  const problems: unknown[] = [];
  const use = {
    ...{ databaseUrl: database.url, connections: 5, clock },
    onProblem: (problem: unknown) => problems.push(problem),
  };
  const sleep = (ms: number, signal?: AbortSignal) => wait(ms, undefined, signal === undefined ? {} : { signal });
  // Each step of the clock asks the database as often as these are due.
  const slow = { lookIntervalMs: 10_000, pollIntervalMs: 10_000 };
  const night = (index: number, name: string) => [{ ...imageOf(Object.values(servers).flat()[index] ?? ""), name }];
  const runs = async () =>
    (await fleet.runs())
      .map(({ run }) => run)
      .filter((run) => !run.startsWith("nightly"))
      .sort();
  await withQueue({ ...use, takeOverIntervalMs: 5_000 }, async (boss) => {
    const set = (name: string, cron: string, options: ScheduleOptions) => schedule(tables, boss, name, cron, options);
    await set("east", "0 2 * * *", { timeZone: "Asia/Singapore", images: night(0, "east-{date}") });
    await set("west", "30 2 * * *", { timeZone: "Europe/Berlin", images: night(1, "west-{date}") });
    await set("asked", "0 6 * * *", { images: night(1, "asked-{date}"), approval: true });
    const worker = work(
      { version: currentVersion, boss, database: tables, clientOf, sleep },
      { signal: ends.signal, sweepIntervalMs: 100, ...slow },
    );
    const until = async (moment: string) => {
      await clock.setTime(moment);
      await clock.tick(65_000);
    };
    await until("2026-10-24T17:59:50Z");
    expect(await runs()).toEqual(["east-2026-10-25-0200"]);
    await until("2026-10-25T00:29:50Z");
    await until("2026-10-25T01:29:50Z");
    expect(await runs()).toEqual(["east-2026-10-25-0200", "west-2026-10-25-0230"]);
    const ended = async () => {
      await clock.tick(10_000);
      return (await Promise.all((await runs()).map((run) => fleet.status(run)))).every(({ hasEnded }) => hasEnded);
    };
    await expect.poll(ended, { interval: 20 }).toBe(true);
    // Nobody works at six, and somebody does at seven.
    ends.abort();
    await worker;
  });
  expect(made()).toEqual(["east-2026-10-25", "west-2026-10-25"]);
  await clock.setTime("2026-10-25T07:00:00Z");
  await withQueue({ ...use, takeOverIntervalMs: 5_000 }, async (boss) => {
    const stops = new AbortController();
    const worker = work(
      { version: currentVersion, boss, database: tables, clientOf, sleep },
      { signal: stops.signal, sweepIntervalMs: 100, ...slow },
    );
    await clock.tick(65_000);
    stops.abort();
    await worker;
  });
  expect(await fleet.runs()).toContainEqual(expect.objectContaining({ schedule: "asked", approval: "needed" }));
  expect(await runs()).toHaveLength(3);
  expect(problems).toEqual([]);
});
