import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { programs } from "../programs.ts";

/** A cache server on this machine, and what turbo needs to use it. */
export interface CacheServer {
  readonly environment: Readonly<Record<"TURBO_API" | "TURBO_TOKEN" | "TURBO_TEAM", string>>;
  stop(): Promise<void>;
}

/** Starts `turborepo-remote-cache` on loopback, with an empty folder as its storage. */
export async function startCacheServer(): Promise<CacheServer> {
  const storage = await mkdtemp(join(tmpdir(), "aps-cache-"));
  const port = await freePort();
  const token = "only-for-this-run";
  const server = spawn(process.execPath, [programs.cacheServer], {
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      ...process.env,
      NODE_ENV: "production",
      HOST: "127.0.0.1",
      PORT: String(port),
      TURBO_TOKEN: token,
      STORAGE_PROVIDER: "local",
      STORAGE_PATH: storage,
      STORAGE_PATH_USE_TMP_FOLDER: "false",
      LOG_LEVEL: "error",
    },
  });
  const url = `http://127.0.0.1:${port}`;
  await untilReady(`${url}/v8/artifacts/status`, server);
  return {
    environment: { TURBO_API: url, TURBO_TOKEN: token, TURBO_TEAM: "team_local" },
    async stop() {
      server.kill();
      await once(server, "exit");
      await rm(storage, { recursive: true, force: true });
    },
  };
}

/** Long, because a slow disk takes its time to load the server. */
const startLimitMs = 120_000;

async function untilReady(url: string, server: ChildProcess): Promise<void> {
  const answers = () =>
    fetch(url).then(
      () => true,
      () => false,
    );
  const deadline = Date.now() + startLimitMs;
  while (!(await answers())) {
    if (Date.now() > deadline) throw new Error(`The cache server did not answer within ${startLimitMs / 1000} s.`);
    if (server.exitCode !== null) throw new Error(`The cache server ended with ${server.exitCode}.`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address() as { port: number };
  probe.close();
  await once(probe, "close");
  return port;
}
