// A worker that stops itself (SIGSTOP) when so many of its images are noted and their requests are about to be sent.
import { setTimeout as wait } from "node:timers/promises";
import { clientFor } from "../src/command/settings.ts";
import { type Database, openDatabase } from "../src/database/database.ts";
import { currentVersion } from "../src/database/migrations.ts";
import { withQueue } from "../src/work/with-queue.ts";
import { work } from "../src/work/work.ts";

const connectionString = process.env.APS_FLEET_DATABASE_URL ?? "";
const freezeAt = Number(process.env.FREEZE_AT);
const database = openDatabase({ connectionString }, () => {});
let thaw = () => {};
const frozen = new Promise<void>((resolve) => {
  thaw = resolve;
});
let reached = 0;

/** The question whether a claim holds is the last thing before a request. */
const freezing: Database = {
  ...database,
  async rows(text, values) {
    if (freezeAt > 0 && text.startsWith("select 1 from aps_fleet.image")) {
      reached += 1;
      if (reached === freezeAt) {
        process.kill(process.pid, "SIGSTOP");
        thaw();
      }
      await frozen;
    }
    return database.rows(text, values);
  },
};

const ends = new AbortController();
process.once("SIGTERM", () => ends.abort());
const clientOf = clientFor(process.env);
const sleep = (ms: number, signal?: AbortSignal) => wait(ms, undefined, signal === undefined ? {} : { signal });
const pace = { startsPerProject: 10, concurrency: 100, lookIntervalMs: 1_000, lookAgainMs: 2_000 };
await withQueue(
  { databaseUrl: connectionString, connections: 10, takeOverIntervalMs: 5_000, onProblem: () => {} },
  (boss) =>
    work({ version: currentVersion, boss, database: freezing, clientOf, sleep }, { signal: ends.signal, ...pace }),
);
await database.close();
