import { spawnSync } from "node:child_process";
import { cloneWorkingTree } from "../pipeline-clone.ts";
import { programs } from "../programs.ts";
import { startCacheServer } from "./server.ts";

/** What a run of the pipeline in a clean clone did with each task. */
export interface CachedRun {
  readonly restored: readonly string[];
  readonly done: readonly string[];
}

/**
 * Runs tasks in one clean clone of the working tree, and then in another one, with nothing but a cache server between
 * them.
 *
 * @param tasks names of turbo's tasks, such as `build`.
 * @returns what the first and the second clone did.
 */
export async function checkCache(tasks: readonly string[]): Promise<readonly [CachedRun, CachedRun]> {
  const server = await startCacheServer();
  try {
    return [runInClone(tasks, server.environment), runInClone(tasks, server.environment)];
  } finally {
    await server.stop();
  }
}

function runInClone(tasks: readonly string[], environment: Readonly<Record<string, string>>): CachedRun {
  const clone = cloneWorkingTree();
  try {
    const output = runTurbo(clone.folder, tasks, environment);
    const all = [...output.matchAll(/^(\S+?):(\S+): cache (hit|miss)/gm)].map(([, name, task, found]) => ({
      id: `${name?.replace("@workspace-aps/", "")}#${task}`,
      isRestored: found === "hit",
    }));
    const of = (isRestored: boolean) => all.filter((task) => task.isRestored === isRestored).map(({ id }) => id);
    return { restored: of(true).sort(), done: of(false).sort() };
  } finally {
    clone.remove();
  }
}

function runTurbo(folder: string, tasks: readonly string[], environment: Readonly<Record<string, string>>): string {
  const { TURBO_HASH: _, FORCE_COLOR: __, ...inherited } = process.env;
  const run = spawnSync(
    process.execPath,
    [programs.turbo, "run", ...tasks, "--cache=remote:rw", "--output-logs=hash-only", "--log-order=stream"],
    { cwd: folder, encoding: "utf8", env: { ...inherited, ...environment, TURBO_TELEMETRY_DISABLED: "1" } },
  );
  if (run.status === 0) return run.stdout;
  throw new Error(`turbo run ${tasks.join(" ")} failed in a clean clone:\n${run.stderr}`);
}
