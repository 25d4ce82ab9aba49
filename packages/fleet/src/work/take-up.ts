import type { PgBoss } from "pg-boss";

/** How jobs of a queue are taken up. */
export interface Pace {
  /** How often the queue is asked for work, in milliseconds. */
  readonly pollIntervalMs: number;
  /** How many jobs are in hand at once, at most. */
  readonly concurrency: number;
  /** Nothing is taken up after this. Whoever aborts it takes the pollers off the queue. */
  readonly ending: AbortSignal;
}

/** What is told of a job in hand. */
export interface TakenUp<Data> {
  readonly data: Data;
  /** Aborted when the job is lost to another worker, or this one ends. */
  readonly signal: AbortSignal;
}

/**
 * Works on the jobs of a queue, one poller for each job in hand and one that waits. The queue has one poller for each job that
 * could be in hand, and all of them would ask all the time: here a poller that waits gets a companion when it finds work, and
 * goes when its work is done and another one waits.
 */
export async function takeUp<Data>(
  boss: PgBoss,
  queue: string,
  { pollIntervalMs, concurrency, ending }: Pace,
  handle: (job: TakenUp<Data>) => Promise<void>,
): Promise<void> {
  let pollers = 0;
  let busy = 0;
  const add = async (): Promise<void> => {
    if (ending.aborted) return;
    pollers += 1;
    const pace = { pollingIntervalSeconds: pollIntervalMs / 1_000, batchSize: 1 } as const;
    const id: string = await boss.work<Data>(queue, pace, async ([job]) => {
      if (job === undefined) return;
      // It was fetched as the end came, and goes to another worker.
      ending.throwIfAborted();
      busy += 1;
      // A queue that is being stopped takes no more pollers.
      if (busy === pollers && pollers < concurrency) await add().catch(() => {});
      try {
        await handle(job);
      } finally {
        busy -= 1;
        if (pollers - busy > 1) {
          pollers -= 1;
          await boss.offWork(queue, { id, wait: false });
        }
      }
    });
    if (ending.aborted) await boss.offWork(queue, { id, wait: false });
  };
  await add();
}
