import { execFileSync, spawn } from "node:child_process";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createConnection, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { openFleet } from "../src/index.ts";
import { databaseOrSkip } from "./postgres.ts";
import { namesOf, worldOf } from "./world.ts";

const isThere = (() => {
  try {
    execFileSync("pgbouncer", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();
beforeEach(({ skip }) => {
  if (!isThere) skip("connections pooled by PgBouncer, which is not installed");
});
const ids = Array.from({ length: 20 }, (_, index) => `server-${index}`);

it.each(["session", "transaction"] as const)("everything works through PgBouncer in %s mode", async (mode) => {
  const { images, clientOf, made } = worldOf({ servers: { 1: ids }, speed: 100, jobs: "poll" });
  await using database = await databaseOrSkip({ isEmpty: true });
  await using pooler = await startPooler(database.url, mode);
  const problems: unknown[] = [];
  await using fleet = openFleet({
    ...{ databaseUrl: pooler.url, client: clientOf },
    onProblem: (problem) => problems.push(problem),
  });
  await fleet.migrate();
  await fleet.submit("nightly", images);
  await fleet.schedule("weekly", "0 3 * * 0", {
    images: images.map((image) => ({ ...image, name: `${image.name}-{date}` })),
  });
  const ends = new AbortController();
  const pace = { sweepIntervalMs: 500, lookIntervalMs: 500, pollIntervalMs: 500, signal: ends.signal };
  const workers = [fleet.work(pace), fleet.work(pace)];
  await expect.poll(async () => (await fleet.status("nightly")).hasEnded, { interval: 100 }).toBe(true);
  ends.abort();
  await Promise.all(workers);
  expect(made()).toEqual(namesOf(images));
  expect(problems).toEqual([]);
});

/** Starts a PgBouncer in front of a database, on loopback. */
async function startPooler(databaseUrl: string, mode: string) {
  const { hostname, port, username, password, pathname } = new URL(databaseUrl);
  const folder = await mkdtemp(join(tmpdir(), "aps-fleet-pool-"));
  await chmod(folder, 0o755);
  const file = join(folder, "pgbouncer.ini");
  const own = await freePort();
  const lines = [
    "[databases]",
    `* = host=${hostname} port=${port} user=${username} password=${password}`,
    "[pgbouncer]",
    `listen_addr = 127.0.0.1`,
    `listen_port = ${own}`,
    "unix_socket_dir =",
    "auth_type = any",
    `pool_mode = ${mode}`,
    "default_pool_size = 40",
  ];
  await writeFile(file, lines.join("\n"));
  // It refuses to run as root.
  const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const child = spawn("pgbouncer", [file], { ...nobody, stdio: ["ignore", "ignore", "ignore"] });
  const exited = new Promise((resolve) => child.once("exit", resolve));
  await expect.poll(() => listens(own), { interval: 20 }).toBe(true);
  return {
    url: `postgres://${username}:any@127.0.0.1:${own}${pathname}`,
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGTERM");
      child.kill("SIGINT");
      await exited;
      await rm(folder, { recursive: true });
    },
  };
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ port, host: "127.0.0.1" }, () => {
      socket.destroy();
      resolve(true);
    }).once("error", () => resolve(false));
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  return typeof address === "object" && address !== null ? address.port : 0;
}
