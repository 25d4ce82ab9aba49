import { setTimeout as wait } from "node:timers/promises";
import type { Client } from "@workspace-aps/client";
import type { PoolConfig } from "pg";
import { PgBoss } from "pg-boss";
import { openDatabase } from "./database/database.ts";
import { type Migrated, migrateTables } from "./database/migrate.ts";
import { checkVersion } from "./database/schema-version.ts";
import type { FleetRunImage, ImageRow } from "./images/image.ts";
import type { Place } from "./place.ts";
import { approve, cancel, type RetryChoice, retry } from "./runs/change-run.ts";
import { type Resolution, resolve } from "./runs/resolve.ts";
import { imagesOf, listRuns, type RunStatus, runStatus } from "./runs/status.ts";
import { type SubmitOptions, type Submitted, submit } from "./runs/submit.ts";
import { type WatchOptions, watch } from "./runs/watch.ts";
import { listSchedules, type Schedule, type ScheduleOptions, schedule, unschedule } from "./schedules/schedule.ts";
import { queueSchema } from "./work/queues.ts";
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

/** Many images over many workers. */
export interface Fleet extends AsyncDisposable {
  /** Brings tables and queues to this version; see `aps-fleet migrate`. */
  migrate(): Promise<Migrated>;
  /** Writes down a run; the same run again adds nothing. See {@link submit}. */
  submit(run: string, images: readonly FleetRunImage[], options?: SubmitOptions): Promise<Submitted>;
  approve(run: string, options: { readonly by: string }): Promise<number>;
  cancel(run: string, options: { readonly by: string }): Promise<number>;
  retry(run: string, choice: RetryChoice): Promise<number>;
  /** Ends the doubt about an image by what a person found out. */
  resolve(run: string, resolution: Resolution): Promise<void>;
  status(run: string): Promise<RunStatus>;
  runs(): Promise<RunStatus[]>;
  images(run: string): Promise<ImageRow[]>;
  watch(run: string, options?: WatchOptions): AsyncGenerator<RunStatus, void, undefined>;
  /** Submits a run at every moment of a cron expression. See {@link schedule}. */
  schedule(name: string, cron: string, options: ScheduleOptions): Promise<void>;
  /** Ends a schedule; its runs stay. Whether there was one. */
  unschedule(name: string): Promise<boolean>;
  schedules(): Promise<Schedule[]>;
  /** Works until the signal is aborted. */
  work(options: WorkOptions): Promise<void>;
}

/** How often workers look for work of a dead one; and what of the queue is not used, and so not asked for all the time. */
const queuePace = {
  ...{ monitorIntervalSeconds: 5, superviseIntervalSeconds: 5 },
  ...{ flowIntervalSeconds: 3_600, cronWorkerIntervalSeconds: 15, monitorVacuum: false },
} as const;

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
  const sleep = (ms: number, signal?: AbortSignal) => wait(ms, undefined, signal === undefined ? {} : { signal });
  /** @param isWorker whether it also takes over what dead workers held, and sends what schedules ask for. */
  const withQueue = async <Result>(isWorker: boolean, task: (boss: PgBoss) => Promise<Result>): Promise<Result> => {
    await ready();
    const boss = new PgBoss({
      ...{
        connectionString: databaseUrl,
        schema: queueSchema,
        migrate: false,
        supervise: isWorker,
        schedule: isWorker,
      },
      ...queuePace,
      max: Math.max(2, Math.floor(connections / 2)),
    });
    boss.on("error", onProblem);
    await boss.start();
    try {
      return await task(boss);
    } finally {
      await boss.stop({ graceful: true, timeout: 30_000 });
    }
  };

  return {
    migrate: () => migrateTables(database, config),
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
    async *watch(run, options = {}) {
      await ready();
      yield* watch(database, run, sleep, options);
    },
    schedule: (name, cron, options) => withQueue(false, (boss) => schedule(database, boss, name, cron, options)),
    unschedule: (name) => withQueue(false, (boss) => unschedule(database, boss, name)),
    async schedules() {
      await ready();
      return listSchedules(database);
    },
    work: (options) => withQueue(true, (boss) => work({ boss, database, clientOf, sleep }, options)),
    [Symbol.asyncDispose]: () => database.close(),
  };
}
