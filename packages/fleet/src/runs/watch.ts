import type { Sleep } from "@workspace-aps/client";
import type { Session } from "../database/database.ts";
import { type RunStatus, runStatus } from "./status.ts";

/** How to watch a run. */
export interface WatchOptions {
  /** Between two looks at the database, in milliseconds. Default: 2,000. */
  readonly intervalMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Tells how a run gets on: its status at once, then whenever it has changed, until it has ended.
 *
 * @throws RunError when there is no such run.
 */
export async function* watch(
  session: Session,
  run: string,
  sleep: Sleep,
  { intervalMs = 2_000, signal }: WatchOptions,
): AsyncGenerator<RunStatus, void, undefined> {
  let told = "";
  for (;;) {
    const status = await runStatus(session, run);
    const text = JSON.stringify(status);
    if (text !== told) yield status;
    told = text;
    if (status.hasEnded) return;
    await sleep(intervalMs, signal);
  }
}
