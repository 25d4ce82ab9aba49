import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createEmulator, defaultWorld } from "@workspace-aps/emulator";
import { serve } from "@workspace-aps/emulator/node";
import { Client as Connection } from "pg";
import { afterAll, expect, it } from "vitest";
import { openDatabase } from "../src/database/database.ts";
import { openFleet } from "../src/index.ts";
import { removeOld } from "../src/runs/remove-old.ts";
import { databaseOrSkip } from "./postgres.ts";

const [project] = defaultWorld.projects;
const [server] = defaultWorld.servers;
const [key] = defaultWorld.users[0]?.accessKeys ?? [];
if (!project || !server || !key) throw new Error("The default world is empty.");
const place = { region: project.name, projectId: project.id };
const emulator = createEmulator({ jobs: "poll" });
const [service, database] = await Promise.all([serve(emulator), databaseOrSkip()]);
const client = () => {
  throw new Error("This fleet does not work.");
};
const fleet = openFleet({ databaseUrl: database.url, client });
afterAll(async () => {
  await fleet[Symbol.asyncDispose]();
  await Promise.all([service.close(), database[Symbol.asyncDispose]()]);
});

it("a worker with the least rights that is asked to end finishes its request, gives everything back, and leaves no secret behind", async () => {
  await fleet.migrate();
  const url = await withLeastRights();
  await using limited = openFleet({ databaseUrl: url, client });
  await limited.submit("nightly", [{ ...place, serverId: server.id, name: "office" }]);
  await limited.schedule("weekly", "0 3 * * 0", { images: [{ ...place, serverId: server.id, name: "office-{date}" }] });
  emulator.faults.add({ operation: "RecreateServerImage", effect: { type: "delay", ms: 1_500 } });
  const program = join(import.meta.dirname, "../bin/aps-fleet.js");
  const worker = spawn(process.execPath, [program, "work", "--health", "0", "--log", "json"], {
    env: {
      PATH: process.env.PATH,
      APS_FLEET_DATABASE_URL: url,
      APS_ENDPOINT: service.url,
      HUAWEICLOUD_SDK_AK: key?.id,
      HUAWEICLOUD_SDK_SK: key?.secret,
    },
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
  expect(emulator.state.projects.get(project.id)?.jobs.size).toBe(1);
  expect(lines.map((line) => JSON.parse(line).event)).toEqual(["working", "start", "ended"]);
  expect(lines.join() + (await everyRow())).not.toContain(key.secret);
});

it("removes runs that have ended long ago, and no other", async () => {
  await fleet.submit("old", [{ ...place, serverId: "gone", name: "old" }]);
  const tables = openDatabase({ connectionString: database.url }, () => {});
  await tables.change("update aps_fleet.run set created_at = now() - interval '1 year'");
  await tables.change("update aps_fleet.image set changed_at = now() - interval '1 year'");
  await tables.change("update aps_fleet.image set state = 'made' where run = 'old'");
  expect(await removeOld(tables, 30 * 86_400_000)).toBe(1);
  await tables.close();
  expect((await fleet.runs()).map(({ run }) => run)).toEqual(["nightly"]);
});

/** The database as seen by a role that has what the README grants, and nothing else. */
async function withLeastRights(): Promise<string> {
  const readme = await readFile(join(import.meta.dirname, "../README.md"), "utf8");
  const [, grants = ""] = /```sql\n(.*?)```/s.exec(readme) ?? [];
  expect(grants).toContain("grant");
  const connection = new Connection(database.url);
  await connection.connect();
  await connection.query(`create role aps_fleet login password 'worker'; ${grants}`);
  await connection.end();
  const url = new URL(database.url);
  return Object.assign(url, { username: "aps_fleet", password: "worker" }).href;
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
