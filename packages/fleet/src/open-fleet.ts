import { type Client, sleepOnTimer } from "@workspace-aps/client";
import type { PoolConfig } from "pg";
import type { PgBoss } from "pg-boss";
import { openDatabase } from "./database/database.ts";
import { type Migrated, type MigrateOptions, migrateTables } from "./database/migrate.ts";
import { currentVersion } from "./database/migrations.ts";
import { checkVersion } from "./database/schema-version.ts";
import type { FleetRunImage, ImageRow } from "./images/image.ts";
import type { Place } from "./place.ts";
import {
  approveRollouts,
  planAgain,
  type RolloutChoice,
  rollBackRollouts,
  rolloutsOf,
} from "./rollouts/change-rollouts.ts";
import type { RolloutRow } from "./rollouts/rollout.ts";
import { approve, cancel, type RetryChoice, retry } from "./runs/change-run.ts";
import { listProjects, type ProjectStatus } from "./runs/projects.ts";
import { type Resolution, resolve } from "./runs/resolve.ts";
import { imagesOf, listRuns, type RunStatus, runStatus } from "./runs/status.ts";
import { type SubmitOptions, type Submitted, submit } from "./runs/submit.ts";
import { type WatchOptions, watch } from "./runs/watch.ts";
import { listSchedules, type Schedule, type ScheduleOptions, schedule, unschedule } from "./schedules/schedule.ts";
import { withQueue } from "./work/with-queue.ts";
import { type WorkOptions, work } from "./work/work.ts";

/** How to open a fleet. */
export interface FleetOptions {
  /** The database, such as `postgres://user@host/name`. It is not shown in any error. */
  readonly databaseUrl: string;
  /** Makes the client of a place. Asked once for each place. Only workers need it. */
  readonly client: (place: Place) => Client;
  /** Connections to the database, at most. Default: 10. */
  readonly connections?: number | undefined;
  /** Told of a fault of the database or the queue that is got over. Default: nobody. */
  readonly onProblem?: ((error: unknown) => void) | undefined;
}

/**
 * Many images over many workers. What is asked of a run rejects with a {@link RunError} when there is no such run, or it cannot be
 * done to it.
 */
export interface Fleet extends AsyncDisposable {
  /** Brings tables and queues to this version; see `aps-fleet migrate`. */
  migrate(options?: MigrateOptions): Promise<Migrated>;
  /** Writes down a run; the same run again adds nothing. See {@link submit}. */
  submit(run: string, images: readonly FleetRunImage[], options?: SubmitOptions): Promise<Submitted>;
  /** Lets a run begin that waits for an approval. How many images may now be started. */
  approve(run: string, options: { readonly by: string }): Promise<number>;
  /** Ends a run: what was not sent never is. How many images are not made because of it. */
  cancel(run: string, options: { readonly by: string }): Promise<number>;
  /** Queues images once more that failed or were refused. How many. */
  retry(run: string, choice: RetryChoice): Promise<number>;
  /** Ends the doubt about an image by what a person found out. */
  resolve(run: string, resolution: Resolution): Promise<void>;
  /** How far a run has come. */
  status(run: string): Promise<RunStatus>;
  /** The newest runs, the newest first: at most 100. */
  runs(): Promise<RunStatus[]>;
  /** The images of a run, by server. */
  images(run: string): Promise<ImageRow[]>;
  /** The projects in which something is open. */
  projects(): Promise<ProjectStatus[]>;
  /** The rollouts of a run, with their plans and what has become of the servers. */
  rollouts(run: string): Promise<RolloutRow[]>;
  /** Lets rollouts begin whose plans wait for an approval. */
  approveRollouts(run: string, choice: RolloutChoice): Promise<number>;
  /** Takes rollouts up again that were refused: plans them anew, or goes on with what was refused half-way. */
  planAgain(run: string, choice: RolloutChoice): Promise<number>;
  /** Sends rollouts back to the image from before. */
  rollBack(run: string, choice: RolloutChoice): Promise<number>;
  /** Tells how a run gets on until it has ended: its status at once, then whenever it has changed. */
  watch(run: string, options?: WatchOptions): AsyncGenerator<RunStatus, void, undefined>;
  /** Submits a run at every moment of a cron expression. See {@link schedule}. */
  schedule(name: string, cron: string, options: ScheduleOptions): Promise<void>;
  /** Ends a schedule; its runs stay. Whether there was one. */
  unschedule(name: string): Promise<boolean>;
  /** All schedules. */
  schedules(): Promise<Schedule[]>;
  /** Works until the signal is aborted. */
  work(options: WorkOptions): Promise<void>;
}

/**
 * Opens a fleet. Nothing is read or written before the first call.
 *
 * @throws SchemaError at the first call but `migrate`, when the tables are missing, older or newer.
 */
export function openFleet({ databaseUrl, client, connections = 10, onProblem = () => {} }: FleetOptions): Fleet {
  const config: PoolConfig = { connectionString: databaseUrl, max: connections };
  const database = openDatabase(config, onProblem);
  const clients = new Map<string, Client>();
  let checked: Promise<void> | undefined;
  const ready = () => {
    checked ??= checkVersion(database).catch((error: unknown) => {
      checked = undefined;
      throw error;
    });
    return checked;
  };
  const clientOf = (place: Place): Client => {
    const key = JSON.stringify([place.account, place.region, place.projectId]);
    const made = clients.get(key) ?? client(place);
    clients.set(key, made);
    return made;
  };
  const queued = async <Result>(
    takeOverIntervalMs: number | undefined,
    task: (boss: PgBoss) => Promise<Result>,
  ): Promise<Result> => {
    await ready();
    const use = { databaseUrl, connections: Math.max(2, Math.floor(connections / 2)), takeOverIntervalMs, onProblem };
    return withQueue(use, task);
  };

  return {
    migrate: (options) => migrateTables(database, config, options),
    async submit(run, images, options = {}) {
      await ready();
      return database.transaction((session) => submit(session, run, images, options));
    },
    async approve(run, { by }) {
      await ready();
      return approve(database, run, by);
    },
    async cancel(run, { by }) {
      await ready();
      return cancel(database, run, by);
    },
    async retry(run, choice) {
      await ready();
      return retry(database, run, choice);
    },
    async resolve(run, resolution) {
      await ready();
      return resolve(database, run, resolution);
    },
    async status(run) {
      await ready();
      return runStatus(database, run);
    },
    async runs() {
      await ready();
      return listRuns(database);
    },
    async images(run) {
      await ready();
      return imagesOf(database, run);
    },
    async projects() {
      await ready();
      return listProjects(database);
    },
    async rollouts(run) {
      await ready();
      return rolloutsOf(database, run);
    },
    async approveRollouts(run, choice) {
      await ready();
      return approveRollouts(database, run, choice);
    },
    async planAgain(run, choice) {
      await ready();
      return planAgain(database, run, choice);
    },
    async rollBack(run, choice) {
      await ready();
      return rollBackRollouts(database, run, choice);
    },
    async *watch(run, options = {}) {
      await ready();
      yield* watch(database, run, sleepOnTimer, options);
    },
    schedule: (name, cron, options) => queued(undefined, (boss) => schedule(database, boss, name, cron, options)),
    unschedule: (name) => queued(undefined, (boss) => unschedule(database, boss, name)),
    async schedules() {
      await ready();
      return listSchedules(database);
    },
    work: (options) =>
      queued(options.takeOverIntervalMs ?? 5_000, (boss) =>
        work({ version: currentVersion, boss, database, clientOf, sleep: sleepOnTimer }, options),
      ),
    [Symbol.asyncDispose]: () => database.close(),
  };
}
