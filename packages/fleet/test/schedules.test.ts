import { afterAll, expect, it } from "vitest";
import { openDatabase } from "../src/database/database.ts";
import { openFleet } from "../src/index.ts";
import { submitScheduled } from "../src/schedules/schedule.ts";
import { databaseOrSkip } from "./postgres.ts";
import { noClient, worldOf } from "./world.ts";

const image = { ...worldOf({ servers: { 1: ["server"] }, speed: 1 }).image("server"), name: "office-{date}" };
const database = await databaseOrSkip();
const fleet = openFleet({ databaseUrl: database.url, client: noClient });
const tables = openDatabase({ connectionString: database.url }, () => {});
afterAll(async () => {
  await Promise.all([fleet[Symbol.asyncDispose](), tables.close()]);
  await database[Symbol.asyncDispose]();
});

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
