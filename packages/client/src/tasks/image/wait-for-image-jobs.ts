import type { Client } from "../../client.ts";
import { ApiError } from "../../errors/api-error.ts";
import { CredentialsError } from "../../errors/credentials-error.ts";
import { TimeoutError } from "../../errors/timeout-error.ts";
import { job as facts } from "../../generated/contract.ts";
import { hasEnded } from "../../job.ts";
import type { CallOptions } from "../../methods.ts";
import { isPassing } from "../../transport/retry.ts";
import { paginate } from "../paginate.ts";
import type { FollowOptions } from "./follow-image-job.ts";
import { lookLimits } from "./look-limits.ts";
import { type ResumePoint, readResumeToken } from "./resume-token.ts";
import { type MadeImage, madeImage } from "./wait-for-image-job.ts";

/** How one of many jobs ended. */
export type JobOutcome =
  | { readonly result: "made"; readonly image: MadeImage }
  /** A {@link JobFailedError}, or why the service would not show the job. */
  | { readonly result: "failed"; readonly error: unknown };

/** How to wait for many jobs, and whom to tell. */
export interface WaitForJobsOptions extends FollowOptions {
  /** Called as each job ends. An exception that it throws ends the waiting; the jobs go on. */
  readonly onOutcome?: ((jobId: string, outcome: JobOutcome) => void) | undefined;
}

/** What a {@link TimeoutError} of {@link waitForImageJobs} holds in `observed`. */
export interface ObservedJobs {
  /** The jobs that go on. */
  readonly jobIds: readonly string[];
  /** How those ended that have ended, by their ids. */
  readonly outcomes: ReadonlyMap<string, JobOutcome>;
}

const kind = "CREATE_SERVER_IMAGE";
const pageSize = 100;
const looksAtOnce = 10;

/**
 * Waits for many jobs that make images, in one project, with one timer. Every interval it lists the jobs that are still
 * active, 100 to a page, and looks only at those that are no longer among them. A job that the service does not show (404)
 * ends as failed, and the others are waited for.
 *
 * @param jobs ids of jobs, or resume tokens of earlier waits. A job of another project than the client's is looked at every
 *   time.
 * @returns how each job ended, by its id.
 * @throws ValidationError before anything is sent, for a resume token that cannot be read.
 * @throws TimeoutError when time ran out; `observed` is {@link ObservedJobs}.
 * @throws ApiError when the service refuses to list jobs (401, 403).
 * @throws CredentialsError when there are no credentials, or IAM refuses them.
 */
export async function waitForImageJobs(
  client: Client,
  jobs: Iterable<string>,
  options: WaitForJobsOptions = {},
): Promise<ReadonlyMap<string, JobOutcome>> {
  const { now, sleep, onEvent } = client.settings;
  const timeoutMs = options.timeoutMs ?? facts.kinds[kind].limitSeconds * 1000;
  const startedAt = now();
  const deadline = startedAt + timeoutMs;
  const pending = new Map([...jobs].map(readResumeToken).map((point) => [point.jobId, point]));
  const outcomes = new Map<string, JobOutcome>();
  let pauseMs = options.firstLookMs ?? facts.pace.firstLookSeconds * 1000;
  while (pending.size > 0) {
    const remaining = deadline - now();
    if (remaining <= 0) {
      const message = `${pending.size} jobs have not ended within ${timeoutMs} ms. They go on; wait for them again by their ids.`;
      const observed: ObservedJobs = { jobIds: [...pending.keys()], outcomes };
      throw new TimeoutError(message, timeoutMs, { observed });
    }
    await sleep(Math.min(pauseMs, remaining), options.signal);
    pauseMs = options.intervalMs ?? facts.pace.intervalSeconds * 1000;
    const limits = lookLimits(client, deadline, { signal: options.signal });
    const active = await activeJobs(client, limits);
    if (active === undefined) continue;
    const gone = [...pending.values()].filter(({ jobId }) => !active.has(jobId));
    await Promise.all(Array.from({ length: Math.min(looksAtOnce, gone.length) }, () => lookAt(gone, limits)));
  }
  return outcomes;

  /** Looks at jobs one after the other, until none is left or time is up. Ends the others when it fails. */
  async function lookAt(gone: ResumePoint[], limits: ReturnType<typeof lookLimits>): Promise<void> {
    try {
      for (let point = gone.pop(); point !== undefined; point = gone.pop()) {
        const { jobId } = point;
        const { status, outcome } = await look(client, point, limits);
        onEvent?.({ type: "poll", jobId, status, elapsedMs: now() - startedAt });
        if (outcome !== undefined) {
          pending.delete(jobId);
          outcomes.set(jobId, outcome);
          options.onOutcome?.(jobId, outcome);
        }
        if (limits.totalTimeoutMs <= 0) return;
      }
    } catch (error) {
      gone.length = 0;
      throw error;
    }
  }
}

/** Ids of the jobs that wait or run; undefined when they could not be listed this time. */
async function activeJobs(client: Client, limits: CallOptions): Promise<Set<string> | undefined> {
  const ids = new Set<string>();
  try {
    for (const status of facts.states.waiting) {
      const query = { job_type: kind, status, limit: pageSize } as const;
      for await (const job of paginate(client.listImageJobs, { query }, limits)) ids.add(job.id);
    }
    return ids;
  } catch (error) {
    limits.signal?.throwIfAborted();
    if (!isPassing(error)) throw error;
    return undefined;
  }
}

interface Look {
  /** The job's status, or `unknown` when it could not be looked at this time. */
  readonly status: string;
  /** How it ended; undefined while it goes on. */
  readonly outcome?: JobOutcome;
}

/** @throws when the reason concerns every job: there are no credentials, or they are refused. */
async function look(client: Client, point: ResumePoint, limits: CallOptions): Promise<Look> {
  let status = "unknown";
  try {
    const job = await client.showImageJob({ path: { project_id: point.projectId, job_id: point.jobId } }, limits);
    status = job.status;
    if (!hasEnded(status)) return { status };
    return { status, outcome: { result: "made", image: madeImage(job) } };
  } catch (error) {
    limits.signal?.throwIfAborted();
    if (isPassing(error)) return { status };
    if (error instanceof CredentialsError || (error instanceof ApiError && error.status === 401)) throw error;
    return { status, outcome: { result: "failed", error } };
  }
}
