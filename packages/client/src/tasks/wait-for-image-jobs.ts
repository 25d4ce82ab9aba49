import type { Client } from "../client.ts";
import { TimeoutError } from "../errors/timeout-error.ts";
import { job as facts } from "../generated/contract.ts";
import { jobPhase } from "../job.ts";
import { type FollowOptions, isPassing } from "./follow-image-job.ts";
import { paginate } from "./paginate.ts";
import { type MadeImage, madeImage } from "./wait-for-image-job.ts";

/** How one of many jobs ended. */
export type JobOutcome =
  | { readonly result: "made"; readonly image: MadeImage }
  /** A {@link JobFailedError}, or why the service would not show the job. */
  | { readonly result: "failed"; readonly error: unknown };

/** How to wait for many jobs, and whom to tell. */
export interface WaitForJobsOptions extends FollowOptions {
  /** Called as each job ends. */
  readonly onOutcome?: ((jobId: string, outcome: JobOutcome) => void) | undefined;
}

const kind = "CREATE_SERVER_IMAGE";
const pageSize = 100;
const looksAtOnce = 10;

/**
 * Waits for many jobs that make images, in one project, with one timer. Every interval it lists the jobs that are still
 * active, 100 to a page, and looks only at those that are no longer among them.
 *
 * @returns how each job ended, by its id.
 * @throws TimeoutError when time ran out; `observed` names the jobs that go on.
 */
export async function waitForImageJobs(
  client: Client,
  jobIds: Iterable<string>,
  options: WaitForJobsOptions = {},
): Promise<ReadonlyMap<string, JobOutcome>> {
  const { now, sleep } = client.settings;
  const timeoutMs = options.timeoutMs ?? facts.kinds[kind].limitSeconds * 1000;
  const deadline = now() + timeoutMs;
  const pending = new Set(jobIds);
  const outcomes = new Map<string, JobOutcome>();
  let pauseMs = options.firstLookMs ?? facts.pace.firstLookSeconds * 1000;
  while (pending.size > 0) {
    const remaining = deadline - now();
    if (remaining <= 0) {
      const message = `${pending.size} jobs have not ended within ${timeoutMs} ms. They go on; wait for them again by their ids.`;
      throw new TimeoutError(message, timeoutMs, { observed: { jobIds: [...pending] } });
    }
    await sleep(Math.min(pauseMs, remaining), options.signal);
    pauseMs = options.intervalMs ?? facts.pace.intervalSeconds * 1000;
    const active = await activeJobs(client, options.signal);
    if (active === undefined) continue;
    const gone = [...pending].filter((jobId) => !active.has(jobId));
    await Promise.all(Array.from({ length: Math.min(looksAtOnce, gone.length) }, worker));

    async function worker(): Promise<void> {
      for (let jobId = gone.pop(); jobId !== undefined; jobId = gone.pop()) {
        const outcome = await outcomeOf(client, jobId, options.signal);
        if (outcome === undefined) continue;
        pending.delete(jobId);
        outcomes.set(jobId, outcome);
        options.onOutcome?.(jobId, outcome);
      }
    }
  }
  return outcomes;
}

/** Ids of the jobs that wait or run; undefined when they could not be listed this time. */
async function activeJobs(client: Client, signal: AbortSignal | undefined): Promise<Set<string> | undefined> {
  const ids = new Set<string>();
  try {
    for (const status of facts.states.waiting) {
      const query = { job_type: kind, status, limit: pageSize } as const;
      for await (const job of paginate(client.listImageJobs, { query }, { signal })) ids.add(job.id);
    }
    return ids;
  } catch (error) {
    signal?.throwIfAborted();
    if (!isPassing(error)) throw error;
    return undefined;
  }
}

/** How a job ended; undefined while it goes on, or when it could not be looked at this time. */
async function outcomeOf(
  client: Client,
  jobId: string,
  signal: AbortSignal | undefined,
): Promise<JobOutcome | undefined> {
  try {
    const job = await client.showImageJob({ path: { job_id: jobId } }, { signal });
    const phase = jobPhase(job.status);
    if (phase !== "done" && phase !== "failed") return undefined;
    return { result: "made", image: madeImage(job) };
  } catch (error) {
    signal?.throwIfAborted();
    return isPassing(error) ? undefined : { result: "failed", error };
  }
}
