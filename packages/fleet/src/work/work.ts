import { ApsError, type Client, type Sleep } from "@workspace-aps/client";
import type { PgBoss } from "pg-boss";
import type { Database } from "../database/database.ts";
import { SchemaError } from "../database/schema-error.ts";
import { checkVersion } from "../database/schema-version.ts";
import { type Place, placeKey } from "../place.ts";
import { roll } from "../rollouts/roll.ts";
import type { RolloutKey } from "../rollouts/rollout.ts";
import { removeOld } from "../runs/remove-old.ts";
import { type ScheduleJob, submitScheduled } from "../schedules/schedule.ts";
import { trackKeys } from "./keys.ts";
import { lookAtPlace } from "./look-at-place.ts";
import { lookQueue, queues, rollQueue, scheduleQueue, startQueue } from "./queues.ts";
import { isKeyRefused } from "./refusal.ts";
import { rest, restOf } from "./rest.ts";
import { type Lane, startLane } from "./start-lane.ts";
import { sweep } from "./sweep.ts";
import { takeUp } from "./take-up.ts";
import { fleetTelemetry } from "./telemetry.ts";

/** How a worker works. */
export interface WorkOptions {
  /** Requests that start an image at once, for each place and over all workers. Default: 5. */
  readonly startsPerProject?: number | undefined;
  /** Between two looks at the jobs of a place, in milliseconds. Default: 30,000. */
  readonly lookIntervalMs?: number | undefined;
  /** Between two looks at a group of servers that gets an image, in milliseconds. Default: 30,000. */
  readonly rolloutIntervalMs?: number | undefined;
  /** After how long an image that is still in doubt is looked at again, in milliseconds. Default: 600,000 (10 minutes). */
  readonly lookAgainMs?: number | undefined;
  /**
   * How long a place rests after the service throttled it and asked for no time, in milliseconds; twice as long each time, up to a
   * minute, until something was started there. Default: 5,000.
   */
  readonly restMs?: number | undefined;
  /** How often a worker looks for work that nobody has, in milliseconds. Default: 30,000. */
  readonly sweepIntervalMs?: number | undefined;
  /** How often a worker asks the queue for work, in milliseconds. Default: 2,000. At least 500. */
  readonly pollIntervalMs?: number | undefined;
  /** How often a worker looks for the work of one that is dead, in milliseconds. Default: 5,000. At least 1,000. */
  readonly takeOverIntervalMs?: number | undefined;
  /** Lanes and looks that this worker holds at once. Default: 20. */
  readonly concurrency?: number | undefined;
  /** Ends the worker: it takes nothing up any more, and resolves when what it has in hand has come to a rest. */
  readonly signal: AbortSignal;
  /** How long a request that is under way may still take after that, in milliseconds. Default: 20,000. */
  readonly graceMs?: number | undefined;
  /** For how long runs that have ended are kept, in milliseconds. Default: for ever. */
  readonly keepMs?: number | undefined;
  /** Called whenever the database has been asked for work and has answered. Default: nobody. */
  readonly onSweep?: (() => void) | undefined;
  /** Told of every image that was tried: what became of it, and after how many milliseconds. Default: nobody. */
  readonly onResult?: Lane["onResult"];
  /** Told of what went wrong and is tried again. Default: nobody. */
  readonly onProblem?: ((error: unknown) => void) | undefined;
}

/** What a worker works with. */
export interface Worker {
  /** The version of the tables that it is written for. */
  readonly version: number;
  readonly boss: PgBoss;
  readonly database: Database;
  readonly clientOf: (place: Place) => Client;
  readonly sleep: Sleep;
}

type LaneJob = Place & { readonly lane: number };

/**
 * Starts images and looks at their jobs until the signal is aborted. Any number of workers may do so.
 *
 * @throws SchemaError when the tables were migrated meanwhile to what this version cannot use; what was in hand has come to a rest.
 */
export async function work({ version, boss, database, clientOf, sleep }: Worker, options: WorkOptions): Promise<void> {
  const { startsPerProject = 5, lookIntervalMs = 30_000, sweepIntervalMs = 30_000, concurrency = 20 } = options;
  const {
    lookAgainMs = 600_000,
    pollIntervalMs = 2_000,
    graceMs = 20_000,
    restMs = 5_000,
    rolloutIntervalMs = 30_000,
    signal,
    onProblem,
    onResult,
    keepMs,
    onSweep,
  } = options;
  signal.throwIfAborted();
  const telemetry = fleetTelemetry();
  const keys = trackKeys(database, { restMs });

  const unusable = new AbortController();
  const ending = AbortSignal.any([signal, unusable.signal]);
  const pace = { pollIntervalMs, concurrency, ending };
  const grace = new AbortController();
  const end = () => {
    setTimeout(() => grace.abort(), graceMs).unref();
    // What comes now is for other workers, and what was fetched already is given back.
    for (const queue of Object.keys(queues)) boss.offWork(queue, { wait: false }).catch((error) => onProblem?.(error));
  };
  ending.addEventListener("abort", end, { once: true });
  const inHand = new Set<Promise<void>>();
  /** Keeps what is in hand, so that the end can wait for it. */
  const holding = (begun: Promise<void>): Promise<void> => {
    const held = begun.finally(() => inHand.delete(held));
    inHand.add(held);
    return held;
  };

  const sendLook = async (place: Place, afterMs = 0) => {
    // From now on by the clock of the database, which need not be that of this machine.
    await boss.send(lookQueue, place, { singletonKey: placeKey(place), startAfter: afterMs / 1_000 });
  };
  const sendLane = async (place: Place, lane: number) => {
    await boss.send(startQueue, { ...place, lane } satisfies LaneJob, { singletonKey: `${placeKey(place)}/${lane}` });
  };

  const sendRoll = async (key: RolloutKey) => {
    await boss.send(rollQueue, key, { singletonKey: `${placeKey(key)}/${key.serverGroupId}/${key.run}` });
  };
  /** Lets all lanes of a place rest when the service throttles any of its requests. */
  const resting = (place: Place) => ({
    onThrottled: (askedMs: number) => void rest(database, place, { firstMs: restMs, askedMs }).catch(() => {}),
  });
  const senders = { startsPerProject, lookAgainMs, sendLane, sendLook, sendRoll };

  await takeUp<LaneJob>(boss, startQueue, pace, async ({ data: { lane: number, ...place }, signal: lost }) => {
    const ends = { signal: AbortSignal.any([ending, lost]), cut: AbortSignal.any([grace.signal, lost]) };
    const onStarted = () => sendLook(place, lookIntervalMs);
    const client = clientOf(place);
    await holding(
      startLane({
        database,
        client,
        place,
        keys,
        number,
        lookAgainMs,
        restMs,
        sleep,
        telemetry,
        onStarted,
        onResult,
        ...resting(place),
        ...ends,
      }),
    );
  });
  await takeUp<Place>(boss, lookQueue, pace, async ({ data: place, signal: lost }) => {
    const { leftMs } = await restOf(database, place);
    if (leftMs > 0) return sendLook(place, leftMs);
    const client = clientOf(place);
    const key = await keys.usable(place, client, resting(place));
    // The next sweep sees whether there is another.
    if (key === undefined) return;
    try {
      const call = { signal: AbortSignal.any([ending, lost]), ...resting(place) };
      const { left } = await telemetry.look(place, () => lookAtPlace(database, client, place, call));
      if (left > 0) await sendLook(place, lookIntervalMs);
    } catch (error) {
      if (!(error instanceof ApsError && isKeyRefused(error))) throw error;
      await key.refuse(error);
      onProblem?.(error);
    }
  });

  await takeUp<RolloutKey>(boss, rollQueue, pace, async ({ data: key, signal: lost }) => {
    const client = clientOf({ account: key.account, region: key.region, projectId: key.projectId });
    const rolling = {
      ...{ database, client, keys, intervalMs: rolloutIntervalMs, signal: AbortSignal.any([ending, lost]) },
      ...resting(key),
    };
    await holding(telemetry.roll(key, () => roll(rolling, key)));
  });

  const calm = { pollingIntervalSeconds: 15, includeMetadata: true } as const;
  await boss.work<ScheduleJob, void, typeof calm>(scheduleQueue, calm, async ([job]) => {
    ending.throwIfAborted();
    if (job !== undefined) await holding(submitScheduled(database, job.data.schedule, job.createdOn).then(() => {}));
  });

  while (!ending.aborted) {
    try {
      // Somebody may have migrated the tables to what this version cannot use.
      await checkVersion(database, version);
      await sweep(database, senders);
      if (keepMs !== undefined) await removeOld(database, keepMs);
      await telemetry.countOpen(database);
      onSweep?.();
    } catch (error) {
      if (error instanceof SchemaError) unusable.abort(error);
      else onProblem?.(error);
    }
    await sleep(sweepIntervalMs, ending).catch(() => {});
  }
  await Promise.allSettled(inHand);
  telemetry.end();
  unusable.signal.throwIfAborted();
  // What is left goes to the other workers now, and not at their next sweep.
  await sweep(database, senders).catch(() => {});
}
