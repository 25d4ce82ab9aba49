import { parseDuration } from "../arguments/duration.ts";
import type { Given } from "../arguments/parse.ts";
import { UsageError } from "../arguments/usage-error.ts";

/** How long and how often to look at a job. */
export interface Waiting {
  readonly timeoutMs?: number;
  readonly intervalMs?: number;
  readonly firstLookMs?: number;
}

/** Reads `--timeout` and `--interval`; what is left out is the client's default, which is the contract's pace. */
export function waitingOf(given: Given): Waiting {
  const timeout = given.texts.get("timeout")?.[0];
  const interval = given.texts.get("interval")?.[0];
  const intervalMs = interval === undefined ? undefined : parseDuration(interval, "interval");
  return {
    ...(timeout === undefined ? {} : { timeoutMs: parseDuration(timeout, "timeout") }),
    ...(intervalMs === undefined ? {} : { intervalMs, firstLookMs: intervalMs }),
  };
}

/**
 * Says before anything is sent what is wrong with the options of a wait.
 *
 * @throws UsageError when they are none, or when there is nothing to wait for.
 */
export function refuseIdleWaiting(given: Given, command: string): void {
  waitingOf(given);
  const idle = ["timeout", "interval"].find((name) => given.texts.has(name));
  if (idle !== undefined && given.switches.get("wait") !== true)
    throw new UsageError(`--${idle} goes with --wait.`, command);
}
