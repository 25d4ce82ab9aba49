import { setTimeout as wait } from "node:timers/promises";
import { afterAll, expect, it } from "vitest";
import { openDatabase } from "../src/database/database.ts";
import { migrateTables } from "../src/database/migrate.ts";
import { currentVersion, migrations } from "../src/database/migrations.ts";
import { openFleet, SchemaError } from "../src/index.ts";
import { withQueue } from "../src/work/with-queue.ts";
import { work } from "../src/work/work.ts";
import { databaseOrSkip } from "./postgres.ts";
import { namesOf, noClient, worldOf } from "./world.ts";

const ids = Array.from({ length: 12 }, (_, index) => `server-${index}`);
const { images, clientOf, made, started } = worldOf({ servers: { 1: ids }, speed: 100, jobs: "poll" });
const [before, older, newer] = await Promise.all([
  databaseOrSkip({ isEmpty: true }),
  databaseOrSkip({ isEmpty: true }),
  databaseOrSkip(),
]);
afterAll(async () => {
  for (const database of [before, older, newer]) await database[Symbol.asyncDispose]();
});

const setVersion = "insert into aps_fleet.migration (version, supports) values ($1, $2)";
const pace = { startsPerProject: 1, sweepIntervalMs: 100, lookIntervalMs: 100, pollIntervalMs: 500 };

it("tables that are newer than a program can use, or older, are refused, with what to run", async () => {
  const next = currentVersion + 1;
  await using fleet = openFleet({ databaseUrl: newer.url, client: noClient });
  await using tables = closing(newer.url);
  await tables.change(setVersion, [next, next]);
  await expect(fleet.status("nightly")).rejects.toThrow(
    `of version ${next}, which programs of version ${currentVersion} can no longer use. Install a newer`,
  );
  await expect(fleet.work({ signal: new AbortController().signal })).rejects.toThrow(SchemaError);
  await expect(fleet.migrate()).rejects.toThrow("Nothing was changed.");

  await using old = closing(older.url);
  await migrateTables(old, { connectionString: older.url }, {}, migrations.slice(0, -1));
  await using current = openFleet({ databaseUrl: older.url, client: noClient });
  await expect(current.runs()).rejects.toThrow("Run: aps-fleet migrate");
  await current.migrate();
  expect(await current.runs()).toEqual([]);
});

it("workers of the version before and after make a run together while the tables are migrated under them", async () => {
  await using tables = closing(before.url);
  await using fleet = openFleet({ databaseUrl: before.url, client: clientOf });
  await migrateTables(tables, { connectionString: before.url }, {}, migrations.slice(0, -1));
  const ends = new AbortController();
  const sleep = (ms: number, signal?: AbortSignal) => wait(ms, undefined, signal === undefined ? {} : { signal });
  const use = { databaseUrl: before.url, connections: 5, takeOverIntervalMs: 5_000, onProblem: () => {} };
  const former = withQueue(use, (boss) =>
    work({ version: currentVersion - 1, boss, database: tables, clientOf, sleep }, { ...pace, signal: ends.signal }),
  );
  const hasEnded = expect(former).rejects.toThrow("Install a newer");

  await tables.change("insert into aps_fleet.run (id, approval) values ('nightly', 'needed')");
  await fleet.migrate();
  // Written down by the version after, and begun by the one before, which is alone.
  await tables.change("delete from aps_fleet.run");
  await fleet.submit("nightly", images);
  await expect.poll(started, { interval: 5 }).toBeGreaterThanOrEqual(3);
  const present = fleet.work({ ...pace, signal: ends.signal });
  await expect.poll(started, { interval: 5 }).toBeGreaterThanOrEqual(6);
  // The next version does without what the former one needs.
  await tables.change(`alter table aps_fleet.image add column since_then text`);
  await tables.change(setVersion, [currentVersion + 1, currentVersion]);
  await hasEnded;
  await expect.poll(async () => (await fleet.status("nightly")).hasEnded, { interval: 100 }).toBe(true);
  ends.abort();
  await present;
  expect(made()).toEqual(namesOf(images));
  expect(started()).toBe(images.length);
});

function closing(connectionString: string) {
  const database = openDatabase({ connectionString }, () => {});
  return Object.assign(database, { [Symbol.asyncDispose]: () => database.close() });
}
