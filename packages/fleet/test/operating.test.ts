import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { serve } from "@workspace-aps/emulator/node";
import { Client as Connection } from "pg";
import { afterAll, expect, it } from "vitest";
import { openDatabase } from "../src/database/database.ts";
import { grantsFor } from "../src/database/grants.ts";
import { openFleet } from "../src/index.ts";
import { removeOld } from "../src/runs/remove-old.ts";
import { databaseOrSkip } from "./postgres.ts";
import { noClient, testKey, workerEnvironment, worldOf } from "./world.ts";

const { emulator, image } = worldOf({ servers: { 1: ["server"] }, speed: 1, jobs: "poll" });
const [service, database] = await Promise.all([serve(emulator), databaseOrSkip()]);
const fleet = openFleet({ databaseUrl: database.url, client: noClient });
afterAll(async () => {
  await fleet[Symbol.asyncDispose]();
  await Promise.all([service.close(), database[Symbol.asyncDispose]()]);
});

it("a worker with the least rights that is asked to end finishes its request, gives everything back, and leaves no secret behind", async () => {
  const url = await withLeastRights();
  await using limited = openFleet({ databaseUrl: url, client: noClient });
  await limited.submit("nightly", [image("server")]);
  await limited.schedule("weekly", "0 3 * * 0", { images: [{ ...image("server"), name: "office-{date}" }] });
  emulator.faults.add({ operation: "RecreateServerImage", effect: { type: "delay", ms: 1_500 } });
  const program = join(import.meta.dirname, "../bin/aps-fleet.js");
  const worker = spawn(process.execPath, [program, "work", "--health", "0", "--log", "json"], {
    env: workerEnvironment(url, service.url),
    stdio: ["ignore", "ignore", "pipe"],
  });
  const exited = once(worker, "exit");
  const lines: string[] = [];
  createInterface(worker.stderr).on("line", (line) => lines.push(line));
  await expect.poll(() => lines.length, { interval: 20 }).toBeGreaterThan(0);
  const { event, health } = JSON.parse(lines[0] ?? "{}");
  expect(event).toBe("working");
  expect(await (await fetch(health)).json()).toMatchObject({ status: "working" });
  const state = async () => (await fleet.images("nightly"))[0]?.state;
  await expect.poll(state, { interval: 20 }).toBe("in doubt");
  worker.kill("SIGTERM");
  expect(await exited).toEqual([0, null]);
  expect(await fleet.images("nightly")).toMatchObject([{ state: "job", claim: null }]);
  expect(emulator.state.projects.get(image("server").projectId)?.jobs.size).toBe(1);
  expect(lines.map((line) => JSON.parse(line).event)).toEqual(["working", "start", "ended"]);
  expect(lines.join() + (await everyRow())).not.toContain(testKey.secret);
});

it("removes runs that have ended long ago, and no other", async () => {
  await fleet.submit("old", [image("gone")]);
  const tables = openDatabase({ connectionString: database.url }, () => {});
  await tables.change("update aps_fleet.run set created_at = now() - interval '1 year'");
  await tables.change("update aps_fleet.image set changed_at = now() - interval '1 year'");
  await tables.change("update aps_fleet.image set state = 'made' where run = 'old'");
  expect(await removeOld(tables, 30 * 86_400_000)).toBe(1);
  await tables.close();
  expect((await fleet.runs()).map(({ run }) => run)).toEqual(["nightly"]);
});

/** The database as seen by a role that has what `migrate` gives it, which is what the README says, and nothing else. */
async function withLeastRights(): Promise<string> {
  const readme = await readFile(join(import.meta.dirname, "../README.md"), "utf8");
  const [, grants = ""] = /```sql\n(.*?)```/s.exec(readme) ?? [];
  expect(grants.trim().split(/\n */)).toEqual(grantsFor("aps_fleet"));
  // Roles are those of the whole server.
  const role = `Worker "${process.pid}"`;
  const connection = new Connection(database.url);
  await connection.connect();
  await connection.query(`create role ${connection.escapeIdentifier(role)} login password 'worker'`);
  await connection.end();
  await fleet.migrate({ workerRole: role });
  const url = new URL(database.url);
  return Object.assign(url, { username: encodeURIComponent(role), password: "worker" }).href;
}

/** Everything that is in the database, as text. */
async function everyRow(): Promise<string> {
  const connection = new Connection(database.url);
  await connection.connect();
  const { rows } = await connection.query(
    "select schemaname || '.' || tablename as name from pg_tables where schemaname like 'aps_fleet%'",
  );
  const texts = [];
  for (const { name } of rows) texts.push((await connection.query(`select t::text as row from ${name} t`)).rows);
  await connection.end();
  return JSON.stringify(texts);
}
