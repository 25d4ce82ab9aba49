import { spawnSync } from "node:child_process";
import { programs } from "../programs.ts";

/** What a run of the pipeline did with each task, as `client#build`. */
export interface CachedRun {
  readonly restored: readonly string[];
  readonly done: readonly string[];
}

/** Tasks whose results can be restored, without the long ones. */
export const cachedTasks = ["build", "lint", "typecheck"] as const;

/**
 * Runs tasks of the pipeline.
 *
 * @param folder a clone of the repository.
 * @param tasks names of turbo's tasks, such as `build`.
 * @param cache where results may be found and are put, as turbo's `--cache` has it.
 * @param environment what turbo needs to find a cache server.
 * @throws Error with what turbo says, when a task fails.
 */
export function runTasks(
  folder: string,
  tasks: readonly string[],
  cache: string,
  environment: Readonly<Record<string, string>> = {},
): CachedRun {
  const { TURBO_HASH: _, FORCE_COLOR: __, ...inherited } = process.env;
  const run = spawnSync(
    process.execPath,
    [
      programs.turbo,
      "run",
      ...tasks,
      "--concurrency=1",
      `--cache=${cache}`,
      "--output-logs=new-only",
      "--log-order=stream",
    ],
    {
      cwd: folder,
      encoding: "utf8",
      maxBuffer: 256 << 20,
      env: { ...inherited, ...environment, TURBO_TELEMETRY_DISABLED: "1" },
    },
  );
  if (run.status !== 0)
    throw new Error(`turbo run ${tasks.join(" ")} failed in a clean clone:\n${run.stdout}${run.stderr}`);
  const all = [...run.stdout.matchAll(/^(\S+?):(\S+): cache (hit|miss)/gm)].map(([, name, task, found]) => ({
    id: `${name?.replace("@workspace-aps/", "")}#${task}`,
    isRestored: found === "hit",
  }));
  const of = (isRestored: boolean) => all.filter((task) => task.isRestored === isRestored).map(({ id }) => id);
  return { restored: of(true).sort(), done: of(false).sort() };
}
