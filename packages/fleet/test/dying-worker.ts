// A worker that kills itself now and then, right before a request and right after its answer.
import { setTimeout as wait } from "node:timers/promises";
import { clientFor } from "../src/command/settings.ts";
import { type Database, openDatabase } from "../src/database/database.ts";
import { currentVersion } from "../src/database/migrations.ts";
import { withQueue } from "../src/work/with-queue.ts";
import { work } from "../src/work/work.ts";

const databaseUrl = process.env.APS_FLEET_DATABASE_URL ?? "";
const deathOf = (question: string) => Number(process.env[question]);
const database = openDatabase({ connectionString: databaseUrl }, () => {});
let [checks, notes] = [0, 0];

/** Kills this process when it has done so many of these. */
function die(count: number, at: number): void {
  if (count === at) process.kill(process.pid, "SIGKILL");
}

const dying: Database = {
  ...database,
  async rows(text, values) {
    const rows = await database.rows(text, values);
    // The claim holds: the request is the next thing.
    if (text.startsWith("select 1 from aps_fleet.image")) die(++checks, deathOf("DIE_BEFORE"));
    return rows as never;
  },
  async change(text, values) {
    // The job is started, and not noted yet.
    if (text.startsWith("update aps_fleet.image set state = 'job'")) die(++notes, deathOf("DIE_AFTER"));
    return database.change(text, values);
  },
};

const ends = new AbortController();
process.once("SIGTERM", () => ends.abort());
const clientOf = clientFor(process.env);
const sleep = (ms: number, signal?: AbortSignal) => wait(ms, undefined, signal === undefined ? {} : { signal });
await withQueue({ databaseUrl, connections: 10, takeOverIntervalMs: 5_000, onProblem: () => {} }, (boss) =>
  work(
    { version: currentVersion, boss, database: dying, clientOf, sleep },
    { signal: ends.signal, lookIntervalMs: 1_000, lookAgainMs: 2_000, sweepIntervalMs: 2_000, pollIntervalMs: 1_000 },
  ),
);
await database.close();
