// Figures of a fleet on this machine, with the embedded database or that of APS_FLEET_DATABASE_URL, which must be empty.
// node bench/fleet.ts [images] [projects]
import { type ChildProcess, spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createEmulator, defaultWorld } from "@workspace-aps/emulator";
import { serve } from "@workspace-aps/emulator/node";
import { openDatabase } from "../src/database/database.ts";
import { startDatabase } from "../src/embedded/start-database.ts";
import { type FleetRunImage, openFleet } from "../src/index.ts";

const [region] = defaultWorld.projects;
const [user] = defaultWorld.users;
const [key] = user?.accessKeys ?? [];
if (!region || !user || !key) throw new Error("The default world is empty.");
const count = Number(process.argv[2] ?? 10_000);
const projectCount = Number(process.argv[3] ?? 20);
const intervalSeconds = 10;
/** With what Node is started in the image that is deployed. */
const [, entry = ""] =
  /^ENTRYPOINT (.*)$/m.exec(await readFile(join(import.meta.dirname, "../deploy/Dockerfile"), "utf8")) ?? [];
const flags = (JSON.parse(entry) as string[]).slice(1, -1);
const speed = 20;

const projects = Array.from({ length: projectCount }, (_, index) => ({
  ...region,
  id: String(index).padStart(32, "0"),
}));
const servers = projects.flatMap(({ id: projectId }, project) =>
  Array.from({ length: Math.ceil(count / projectCount) }, (_, index) => ({
    ...{ id: `s-${project}-${index}`, projectId, name: "server" },
  })),
);
const images: FleetRunImage[] = servers.map(({ id, projectId }) => ({
  ...{ region: region.name, projectId, serverId: id, name: `office-${id}` },
}));
const emulator = createEmulator({
  world: { projects, servers, users: [user], imageQuota: servers.length },
  ...{ speed, jobs: "poll" },
});
// Servers that have changed just before their run are looked into; these have not.
emulator.clock.advance(3_600_000);
const calls = new Map<string, number>();
const service = await serve(emulator, {
  onRequest: ({ operationId = "unknown" }) => calls.set(operationId, (calls.get(operationId) ?? 0) + 1),
});
const given = process.env.APS_FLEET_DATABASE_URL;
await using embedded = given === undefined ? await startDatabase() : undefined;
const databaseUrl = given ?? embedded?.url ?? "";
const client = () => {
  throw new Error("This fleet does not work.");
};
await using fleet = openFleet({ databaseUrl, client });
const tables = openDatabase({ connectionString: databaseUrl }, () => {});
const [server] = await tables.rows<{ version: string }>("select current_setting('server_version') as version");
console.log(`PostgreSQL ${server?.version}, Node ${process.version}`);
await fleet.migrate();

const workers: ChildProcess[] = [];
const peaks = new Map<number, number>();
try {
  const submitted = performance.now();
  await fleet.submit("measured", images, { approval: true });
  console.log(`submit of ${images.length} images: ${((performance.now() - submitted) / 1_000).toFixed(2)} s`);
  await measureIdle();
  await measureRun();
  await measureTakeOver();
} finally {
  for (const worker of workers) worker.kill("SIGKILL");
  await service.close();
  await tables.close();
}

/** What a worker asks of the database that has nothing to do. */
async function measureIdle(): Promise<void> {
  startWorker();
  await asleep(10_000);
  const before = await transactions();
  await asleep(30_000);
  console.log(`an idle worker: ${(((await transactions()) - before) / 30).toFixed(1)} transactions per second`);
}

async function measureRun(): Promise<void> {
  startWorker();
  const before = await transactions();
  const begun = performance.now();
  await fleet.approve("measured", { by: "bench" });
  for await (const status of fleet.watch("measured", { intervalMs: 10_000 })) {
    console.log(`  ${((performance.now() - begun) / 1_000).toFixed(0)} s: ${JSON.stringify(status.counts)}`);
    await readMemory();
    if (status.hasEnded) break;
  }
  const seconds = (performance.now() - begun) / 1_000;
  // One state of jobs that go on has them all, at worst, and the list of the other one is empty.
  const each = Math.ceil(images.length / projectCount / 100) + 1;
  const bound = Math.ceil(seconds / intervalSeconds) * projectCount * each;
  console.log(`${images.length} images of ${projectCount} projects, two workers: ${seconds.toFixed(0)} s`);
  console.log(`transactions per image: ${(((await transactions()) - before) / images.length).toFixed(1)} (at most 40)`);
  console.log(
    `lists of jobs: ${calls.get("ListImageJobs") ?? 0} (at most ${bound}: ${each} for each interval of ${intervalSeconds} s and project)`,
  );
  for (const [kind, times] of calls) console.log(`  ${(times / images.length).toFixed(2)} ${kind} per image`);
  console.log(
    `memory of a worker with ${flags.join(" ")} at its peak: ${[...peaks.values()].map(mebibytes).join(", ")} MiB (at most 150)`,
  );
  const made = projects.flatMap(({ id }) => [...(emulator.state.projects.get(id)?.images.values() ?? [])]);
  console.log(`made: ${made.length}, of different names: ${new Set(made.map(({ name }) => name)).size}`);
}

/** From the death of a worker, in the middle of its requests, until another one has taken up the first and the last of them. */
async function measureTakeOver(): Promise<void> {
  emulator.faults.add({ operation: "RecreateServerImage", effect: { type: "delay", ms: 60_000 }, times: 5 });
  const [first] = images;
  if (first === undefined) return;
  const again = images.filter(({ projectId }) => projectId === first.projectId).slice(0, 5);
  for (const worker of workers.splice(0, 1)) worker.kill("SIGKILL");
  const [dies] = workers;
  await fleet.submit(
    "taken-over",
    again.map((image) => ({ ...image, name: `${image.name}-2` })),
  );
  const attempts = async () => (await fleet.images("taken-over")).map((image) => image.attempts);
  while ((await attempts()).some((tries) => tries < 1)) await asleep(200);
  startWorker();
  await asleep(5_000);
  dies?.kill("SIGKILL");
  const killed = performance.now();
  const since = () => ((performance.now() - killed) / 1_000).toFixed(1);
  while ((await attempts()).every((tries) => tries < 2)) await asleep(200);
  const firstOne = since();
  while ((await attempts()).some((tries) => tries < 2)) await asleep(200);
  console.log(`take-over after a death: ${firstOne} s the first, ${since()} s the last (at most 45)`);
}

function startWorker(): void {
  const program = join(import.meta.dirname, "../bin/aps-fleet.js");
  const env = {
    ...{ PATH: process.env.PATH, APS_FLEET_DATABASE_URL: databaseUrl },
    ...{ APS_ENDPOINT: service.url, APS_SPEED: String(speed) },
    ...{ HUAWEICLOUD_SDK_AK: key?.id, HUAWEICLOUD_SDK_SK: key?.secret },
  };
  const args = [...flags, program, "work", "--interval", String(intervalSeconds)];
  workers.push(spawn(process.execPath, args, { env, stdio: "ignore" }));
}

/** The most that each worker has had in memory, as Linux counts it. */
async function readMemory(): Promise<void> {
  for (const { pid } of workers) {
    const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
    const [, kibibytes] = /^VmHWM:\s*(\d+) kB$/m.exec(status) ?? [];
    if (pid !== undefined && kibibytes !== undefined) peaks.set(pid, Number(kibibytes) * 1_024);
  }
}

/** What the database has committed. Each statement of a worker is a transaction of its own. */
async function transactions(): Promise<number> {
  // Servers report what they have done after a second at the latest.
  await asleep(1_500);
  const [row] = await tables.rows<{ n: string }>(
    "select xact_commit as n from pg_stat_database where datname = current_database()",
  );
  return Number(row?.n);
}

function mebibytes(bytes: number): string {
  return (bytes / 1_048_576).toFixed(0);
}

function asleep(ms: number): Promise<void> {
  return new Promise((passed) => setTimeout(passed, ms));
}
