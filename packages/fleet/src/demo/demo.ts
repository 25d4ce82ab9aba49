import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { startDatabase } from "../embedded/start-database.ts";
import type { FleetRunImage } from "../images/image.ts";
import { openFleet } from "../open-fleet.ts";
import { startService } from "./service.ts";
import { demoTable } from "./table.ts";

/** Where the demo shows what happens. */
export interface DemoScreen {
  readonly print: (line: string) => void;
  /** Whether lines can be written over, so that the table moves in place. */
  readonly isTerminal: boolean;
  readonly signal: AbortSignal;
}

const run = "demo";

/**
 * Makes 20 images of 4 projects with three workers, one of which is killed in the middle, on a database and a service that live
 * as long as this does. Nothing leaves the machine.
 *
 * @returns the exit code: 0 when the service says that every image was made exactly once.
 * @throws NoDatabaseError where the embedded database cannot be started.
 */
export async function demo({ print, isTerminal, signal }: DemoScreen): Promise<number> {
  print("Starting a database and a service on this machine …");
  const [database, service] = await Promise.all([startDatabase(), startService()]);
  const workers = new Map<string, ChildProcess>();
  const names = new Map<string, string>();
  await using fleet = openFleet({ databaseUrl: database.url, client: noClient });
  try {
    await fleet.migrate();
    await fleet.submit(run, service.images);
    const environment = { ...service.environment, APS_FLEET_DATABASE_URL: database.url, PATH: process.env.PATH };
    for (const name of ["worker 1", "worker 2", "worker 3"]) {
      workers.set(name, startWorker(environment));
      names.set(name, "works");
    }
    let height = 0;
    const started = performance.now();
    for await (const status of fleet.watch(run, { intervalMs: 500, signal })) {
      const first = workers.get("worker 1");
      if (first !== undefined && service.started() >= 5) {
        first.kill("SIGKILL");
        workers.delete("worker 1");
        names.set("worker 1", "killed; what it had in hand goes to the others when it has been silent for 10 s");
      }
      const seconds = (performance.now() - started) / 1_000;
      const lines = [...demoTable(await fleet.images(run), names, seconds)];
      // Up to where the table began, and clear from there: ECMA-48, CPL and ED.
      if (isTerminal && height > 0) lines[0] = `\u001B[${height}F\u001B[J${lines[0]}`;
      for (const line of isTerminal ? lines : lines.slice(-1)) print(line);
      height = lines.length;
      if (status.hasEnded) break;
    }
    return judge(service.made(), service.images, print);
  } finally {
    for (const worker of workers.values()) worker.kill("SIGKILL");
    await service[Symbol.asyncDispose]();
    await database[Symbol.asyncDispose]();
  }
}

/** The service is asked, and not the fleet. */
function judge(made: readonly string[], images: readonly FleetRunImage[], print: DemoScreen["print"]): number {
  const twice = made.length - new Set(made).size;
  const missing = images.filter(({ name }) => !made.includes(name)).length;
  print(`The service has made ${made.length} images of ${images.length}: ${twice} twice, ${missing} not at all.`);
  return twice === 0 && missing === 0 ? 0 : 1;
}

function startWorker(env: Readonly<Record<string, string | undefined>>): ChildProcess {
  const program = fileURLToPath(new URL("../../bin/aps-fleet.js", import.meta.url));
  const pace = ["--starts-per-project", "2", "--interval", "2", "--look-again", "5", "--take-over", "1"];
  return spawn(process.execPath, [program, "work", ...pace], { env, stdio: "ignore" });
}

function noClient(): never {
  throw new Error("Only the workers of the demo call the service.");
}
