import { execFileSync } from "node:child_process";
import { programs } from "../programs.ts";

/** What turbo says about one task before it runs. */
export interface PlannedTask {
  readonly taskId: string;
  readonly command: string;
  readonly hash: string;
  /** Digests of the files that it reads, by their path in its package. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly cache: { readonly status: "HIT" | "MISS" };
}

/** What turbo would do for tasks such as `build`, in a repository. */
export function plannedTasks(folder: string, tasks: readonly string[]): PlannedTask[] {
  const { TURBO_HASH: _, ...env } = process.env;
  const args = [programs.turbo, "run", ...tasks, "--dry=json"];
  const options = { cwd: folder, encoding: "utf8", env, maxBuffer: 64 << 20 } as const;
  const { tasks: planned } = JSON.parse(execFileSync(process.execPath, args, options)) as { tasks: PlannedTask[] };
  // A package that has no script for a task is planned too.
  return planned.filter(({ command }) => command !== "<NONEXISTENT>");
}

/** The files that tasks read and that are no longer what they were, one line each: `client#test reads src/a.ts`. */
export function changedInputs(before: readonly PlannedTask[], after: readonly PlannedTask[]): string[] {
  return before.flatMap(({ taskId, inputs: former }) => {
    const present = after.find((task) => task.taskId === taskId)?.inputs ?? {};
    const files = Object.keys({ ...former, ...present }).filter((file) => former[file] !== present[file]);
    return files.map((file) => `${taskId.replace("@workspace-aps/", "")} reads ${file}`);
  });
}
