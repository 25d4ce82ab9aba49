import type { Client } from "@workspace-aps/client";
import type { Database } from "../database/database.ts";
import { nextQueued, takeOver } from "../images/claim.ts";
import type { Place } from "../place.ts";
import { type StartResult, startQueued, startTakenOver } from "./start-image-of.ts";

/** What a lane works with. */
export interface Lane {
  readonly database: Database;
  readonly client: Client;
  readonly place: Place;
  /** From 1. There is one holder of a lane of a place at a time. */
  readonly number: number;
  /** After how long an image that is still in doubt is looked at again, in milliseconds. */
  readonly lookAgainMs: number;
  readonly signal: AbortSignal;
  /** Told of every image that was tried. */
  readonly onResult?: ((serverId: string, result: StartResult) => void) | undefined;
  /** Called when there is a job to look at. */
  readonly onStarted: () => Promise<void>;
}

const firstDelayMs = 5_000;
/** The period of the vendor's limits, as far as any is known. */
const longestDelayMs = 60_000;

/**
 * Starts the images of one lane, one after the other, until none is left: first those that an earlier holder of the lane has
 * left in doubt, then those whose turn it is. Throttling slows this lane, and so its place, and no other.
 */
export async function startLane(lane: Lane): Promise<void> {
  const { database, client, place, number, lookAgainMs, signal } = lane;
  const { sleep } = client.settings;
  let delayMs = firstDelayMs;
  while (!signal.aborted) {
    const left = await takeOver(database, place, { lane: number, lookAgainMs });
    const row = left?.row ?? (await nextQueued(database, place, number));
    if (row === undefined) return;
    const result =
      left === undefined
        ? await startQueued(database, client, row, signal)
        : await startTakenOver(left, client, signal);
    lane.onResult?.(row.serverId, result);
    if (result === "started") await lane.onStarted();
    if (result === "throttled" || result === "out of reach") {
      await sleep(delayMs, signal);
      delayMs = Math.min(longestDelayMs, delayMs * 2);
    } else delayMs = firstDelayMs;
  }
}
