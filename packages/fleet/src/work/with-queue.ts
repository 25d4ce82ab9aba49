import { type Clock, PgBoss } from "pg-boss";
import { queueSchema } from "./queues.ts";

/** How the queue is used. */
export interface QueueUse {
  readonly databaseUrl: string;
  /** Connections to the database, at most. */
  readonly connections: number;
  /** Of a worker, which also sends what schedules ask for: how often it looks for what dead ones held, in milliseconds. */
  readonly takeOverIntervalMs: number | undefined;
  /** Told of a fault that is got over. */
  readonly onProblem: (error: unknown) => void;
  /** Default: that of the machine. */
  readonly clock?: Clock | undefined;
}

/** What of the queue is not used, or seldom, and so not asked for all the time. */
const pace = {
  ...{ flowIntervalSeconds: 3_600, cronWorkerIntervalSeconds: 15, monitorVacuum: false },
} as const;

/** Opens the queue for a task, and closes it when the task has ended and what it took up is given back. */
export async function withQueue<Result>(
  { databaseUrl, connections, takeOverIntervalMs, onProblem, clock }: QueueUse,
  task: (boss: PgBoss) => Promise<Result>,
): Promise<Result> {
  const isWorker = takeOverIntervalMs !== undefined;
  const takeOverSeconds = Math.max(1, Math.ceil((takeOverIntervalMs ?? 0) / 1_000));
  const boss = new PgBoss({
    ...{ connectionString: databaseUrl, max: connections, schema: queueSchema, migrate: false },
    ...{ supervise: isWorker, schedule: isWorker },
    ...{ monitorIntervalSeconds: takeOverSeconds, superviseIntervalSeconds: takeOverSeconds },
    ...pace,
    ...(clock === undefined ? {} : { clock }),
  });
  boss.on("error", onProblem);
  await boss.start();
  try {
    return await task(boss);
  } finally {
    await boss.stop({ graceful: true, timeout: 30_000 });
  }
}
