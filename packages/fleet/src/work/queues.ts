import type { Queue } from "pg-boss";

/** The schema that pg-boss has to itself. */
export const queueSchema = "aps_fleet_queue";

/**
 * Work of one lane of a place: starts its images one after the other. `stately`: one such job runs at a time and one more may
 * wait, so that what is added while the lane is about to end finds a job.
 */
export const startQueue = "start";
/** One look at all jobs of a place, which sends the next one. */
export const lookQueue = "look";

/** Brings one rollout on. */
export const rollQueue = "roll";

/** The moment of a schedule: submits its run. */
export const scheduleQueue = "schedule";

/** A worker that does not show itself for this long is taken for dead, and its work goes to another. */
const heartbeatSeconds = 10;

const always = {
  policy: "stately",
  retryLimit: 1_000_000,
  retryDelay: 1,
  heartbeatSeconds,
  // A lane works as long as there are images; a worker that is alive keeps it.
  expireInSeconds: 23 * 3_600,
  retentionSeconds: 30 * 86_400,
  deleteAfterSeconds: 3_600,
} satisfies Omit<Queue, "name">;

/** The queues and how they behave, written by the migration and never by a worker. */
export const queues: Readonly<Record<string, Omit<Queue, "name">>> = {
  [startQueue]: always,
  [lookQueue]: always,
  // A service that is out of reach is asked again in peace.
  [rollQueue]: { ...always, retryDelay: 30 },
  // The same moment twice submits one run.
  [scheduleQueue]: { ...always, policy: "standard", expireInSeconds: 600 },
};
