import type { WorkOptions } from "../work/work.ts";
import { UsageError } from "./usage-error.ts";

/** What a worker tells, as lines. */
export interface WorkLog extends Required<Pick<WorkOptions, "onResult" | "onProblem">> {
  /** @param health where it answers that it is well. */
  onBegin(health: string | undefined): void;
  onEnd(): void;
}

/**
 * Tells of every image that was tried, as lines for people or as lines of JSON. Only what is named here is told, so that no key
 * can be in it.
 *
 * @throws UsageError when the format is unknown.
 */
export function workLog(format: string, write: (line: string) => void): WorkLog {
  if (format !== "text" && format !== "json") throw new UsageError("--log is text or json.");
  const line = (event: string, fields: Readonly<Record<string, unknown>>) =>
    write(JSON.stringify({ at: new Date().toISOString(), event, ...fields }));
  const isJson = format === "json";
  return {
    onBegin(health) {
      if (isJson) return line("working", { health });
      if (health !== undefined) write(`Health: ${health}`);
      write("Working. Ctrl-C ends it: what is under way comes to a rest first.");
    },
    onEnd: () => (isJson ? line("ended", {}) : write("Ended.")),
    onResult({ run, account, region, projectId, serverId, name, attempts }, result, ms) {
      const durationMs = Math.round(ms);
      if (isJson) line("start", { run, account, region, projectId, serverId, name, attempts, result, durationMs });
      else write(`${run}: ${name} of server ${serverId}: ${result}`);
    },
    onProblem(error) {
      const { message, code } = error as NodeJS.ErrnoException;
      if (isJson) line("problem", { message, code });
      else write(`Tried again: ${message}`);
    },
  };
}
