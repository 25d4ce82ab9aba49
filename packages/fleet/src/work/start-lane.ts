import type { Client, Sleep } from "@workspace-aps/client";
import type { Database } from "../database/database.ts";
import { nextQueued, takeOver } from "../images/claim.ts";
import type { ImageRow } from "../images/image.ts";
import type { Place } from "../place.ts";
import type { Keys } from "./keys.ts";
import { endRest, rest, restOf } from "./rest.ts";
import { type Limits, type StartResult, startQueued, startTakenOver } from "./start-image-of.ts";
import type { Telemetry } from "./telemetry.ts";

/** What a lane works with. */
export interface Lane extends Limits {
  readonly database: Database;
  readonly client: Client;
  readonly place: Place;
  readonly keys: Keys;
  /** From 1. There is one holder of a lane of a place at a time. */
  readonly number: number;
  /** After how long an image that is still in doubt is looked at again, in milliseconds. */
  readonly lookAgainMs: number;
  /** How long the place rests after throttling that follows no other, in milliseconds. */
  readonly restMs: number;
  readonly sleep: Sleep;
  readonly telemetry: Telemetry;
  /** Told of every image that was tried. */
  readonly onResult?: ((image: ImageRow, result: StartResult["result"], ms: number) => void) | undefined;
  /** Called when there is a job to look at. */
  readonly onStarted: () => Promise<void>;
}

/** Between two tries, where the service is out of reach. */
const delayMs = 5_000;

/**
 * Starts the images of one lane, one after the other, until none is left: first those that an earlier holder of the lane has
 * left in doubt, then those whose turn it is. Throttling slows all lanes of the place, on every worker, and no other place. A key
 * that is refused ends the lane.
 */
export async function startLane(lane: Lane): Promise<void> {
  const { database, client, place, keys, number, lookAgainMs, signal, sleep } = lane;
  while (!signal.aborted) {
    const { leftMs, isThrottled } = await restOf(database, place);
    if (leftMs > 0) {
      await sleep(leftMs, signal).catch(() => {});
      continue;
    }
    const key = await keys.usable(place, client, lane);
    // The next sweep sees whether there is another.
    if (key === undefined) return;
    const left = await takeOver(database, place, { lane: number, lookAgainMs });
    const row = left === undefined ? await nextQueued(database, place, number) : undefined;
    const image = left?.row ?? row;
    if (image === undefined) return;
    const startedMs = performance.now();
    const { result, askedMs, keyRefusal } = await lane.telemetry.start(image, () =>
      row === undefined ? startTakenOver(left as never, client, lane) : startQueued(database, client, row, lane),
    );
    lane.onResult?.(image, result, performance.now() - startedMs);
    if (result === "started") await lane.onStarted();
    // A source may give another key each time: that is no reason to go on at once.
    if (keyRefusal !== undefined) return key.refuse(keyRefusal);
    if (result === "throttled") await rest(database, place, { firstMs: lane.restMs, askedMs });
    else if (result === "out of reach") await client.settings.sleep(delayMs, signal).catch(() => {});
    else if (isThrottled) await endRest(database, place);
  }
}
