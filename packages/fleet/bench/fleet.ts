// Figures of a fleet on this machine, with the embedded database or that of APS_FLEET_DATABASE_URL, which must be empty.
import { accessKey, createClient } from "@workspace-aps/client";
import { createEmulator, defaultWorld } from "@workspace-aps/emulator";
import { openDatabase } from "../src/database/database.ts";
import { startDatabase } from "../src/embedded/start-database.ts";
import { openFleet } from "../src/index.ts";

const [region] = defaultWorld.projects;
const [user] = defaultWorld.users;
const [key] = user?.accessKeys ?? [];
if (!region || !user || !key) throw new Error("The default world is empty.");
const count = Number(process.argv[2] ?? 400);
const projects = Array.from({ length: 4 }, (_, index) => ({ ...region, id: String(index).repeat(32) }));
const serversOf = (each: number) =>
  projects.flatMap(({ id: projectId }) =>
    Array.from({ length: each }, (_, index) => ({ id: `s-${projectId[0]}-${index}`, projectId, name: "server" })),
  );
const imagesOf = (servers: ReturnType<typeof serversOf>) =>
  servers.map(({ id, projectId }) => ({ region: region.name, projectId, serverId: id, name: `office-${id}` }));
const speed = 100;
const servers = serversOf(count / 4);
const emulator = createEmulator({
  world: { projects, servers, users: [user], imageQuota: count },
  speed,
  jobs: "poll",
});
const start = Date.now();
const calls = new Map<string, number>();

const given = process.env.APS_FLEET_DATABASE_URL;
await using embedded = given === undefined ? await startDatabase() : undefined;
const databaseUrl = given ?? embedded?.url ?? "";
await using fleet = openFleet({
  databaseUrl,
  client: (place) =>
    createClient({
      ...place,
      endpoint: "http://127.0.0.1",
      credentials: accessKey({ accessKeyId: key.id, secretAccessKey: key.secret }),
      fetch: (input, init) => {
        const kind = `${init?.method} ${new URL(String(input)).pathname.split("/").slice(3, 4).join("/")}`;
        calls.set(kind, (calls.get(kind) ?? 0) + 1);
        return emulator.fetch(String(input), init);
      },
      now: () => start + (Date.now() - start) * speed,
      sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms / speed)),
    }),
});
const tables = openDatabase({ connectionString: databaseUrl }, () => {});
const [server] = await tables.rows<{ version: string }>("select current_setting('server_version') as version");
console.log(`PostgreSQL ${server?.version}, Node ${process.version}`);
await fleet.migrate();

const submitted = performance.now();
await fleet.submit("large", imagesOf(serversOf(2_500)), { approval: true });
console.log(`submit of 10,000 images: ${((performance.now() - submitted) / 1_000).toFixed(2)} s`);
await fleet.cancel("large", { by: "bench" });

await fleet.submit("measured", imagesOf(servers));
const before = await transactions();
const begun = performance.now();
const ends = new AbortController();
const worker = fleet.work({ signal: ends.signal, lookIntervalMs: 2_000, pollIntervalMs: 1_000 });
for await (const status of fleet.watch("measured", { intervalMs: 5_000 })) if (status.hasEnded) break;
const seconds = (performance.now() - begun) / 1_000;
ends.abort();
await worker;
console.log(`${count} images of 4 projects, one worker: ${seconds.toFixed(1)} s`);
console.log(
  `transactions per image, polls and looks included: ${(((await transactions()) - before) / count).toFixed(1)}`,
);
console.log(`calls: ${[...calls].map(([kind, times]) => `${times} ${kind}`).join(", ")}`);
console.log(`memory, emulator included: ${(process.memoryUsage().rss / 1_048_576).toFixed(0)} MiB`);
const made = projects.flatMap(({ id }) => [...(emulator.state.projects.get(id)?.images.values() ?? [])]);
console.log(`made: ${made.length}, of different names: ${new Set(made.map(({ name }) => name)).size}`);
await tables.close();

/** What the database has committed. Each statement of a worker is a transaction of its own. */
async function transactions(): Promise<number> {
  await new Promise((passed) => setTimeout(passed, 1_500));
  const [row] = await tables.rows<{ n: string }>(
    "select xact_commit as n from pg_stat_database where datname = current_database()",
  );
  return Number(row?.n);
}
