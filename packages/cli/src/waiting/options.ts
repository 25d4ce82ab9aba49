import { isLoopback } from "@workspace-aps/client";
import { parseDuration } from "../arguments/duration.ts";
import { UsageError } from "../arguments/usage-error.ts";
import type { Context } from "../program/context.ts";

/** How long and how often to look at a job. */
export interface Waiting {
  readonly timeoutMs?: number;
  readonly intervalMs?: number;
  readonly firstLookMs?: number;
}

/** The part of a run that says how to wait. */
type How = Pick<Context, "given" | "settings">;

/** Looking more often than this tells nothing sooner, and takes from the requests that the service allows in a minute. */
const leastIntervalMs = 1_000;
/** `--timeout 0`: time enough for one look. */
const onceMs = 1;

/** Reads `--timeout` and `--interval`; what is left out is the client's default, which is the contract's pace. */
export function waitingOf({ given, settings }: How): Waiting {
  const timeout = given.texts.get("timeout")?.[0];
  const interval = given.texts.get("interval")?.[0];
  const intervalMs = interval === undefined ? undefined : parseDuration(interval, "--interval");
  if (intervalMs !== undefined && intervalMs < leastIntervalMs && !isLoopback(settings.text("endpoint")))
    throw new UsageError(`--interval must be at least 1s; given was ${JSON.stringify(interval)}.`);
  return {
    ...(timeout === undefined ? {} : { timeoutMs: timeout === "0" ? onceMs : parseDuration(timeout, "--timeout") }),
    ...(intervalMs === undefined ? {} : { intervalMs, firstLookMs: intervalMs }),
  };
}

/**
 * Says before anything is sent what is wrong with the options of a wait.
 *
 * @throws UsageError when they are none, or when there is nothing to wait for.
 */
export function refuseIdleWaiting(how: How): void {
  const { given } = how;
  waitingOf(how);
  const idle = ["timeout", "interval"].find((name) => given.texts.has(name));
  if (idle !== undefined && given.switches.get("wait") !== true) throw new UsageError(`--${idle} goes with --wait.`);
}
