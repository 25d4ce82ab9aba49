import { parseDuration } from "../arguments/duration.ts";
import type { Given } from "../arguments/parse.ts";

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
