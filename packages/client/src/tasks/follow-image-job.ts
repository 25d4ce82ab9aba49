import type { Client } from "../client.ts";
import { ApiError } from "../errors/api-error.ts";
import { ConnectionError } from "../errors/connection-error.ts";
import type { ImageJob } from "../errors/job-failed-error.ts";
import { TimeoutError } from "../errors/timeout-error.ts";
import { job as facts } from "../generated/contract.ts";
import { jobPhase } from "../job.ts";
import { readResumeToken, resumeToken } from "./resume-token.ts";

/** What a look at a job showed. */
export interface JobProgress {
  readonly jobId: string;
  /** The job's status, or `unknown` when the look failed. */
  readonly status: string;
  /** Milliseconds since waiting began. */
  readonly elapsedMs: number;
  /** The job, or undefined when the look failed. */
  readonly job?: ImageJob;
  /** Why the look failed; waiting goes on. */
  readonly error?: unknown;
}

/** How to wait for a job. */
export interface FollowOptions {
  /** Ends the waiting at once, which then rejects with the signal's reason. The job itself goes on. */
  readonly signal?: AbortSignal | undefined;
  /** How long to wait, in milliseconds. Default: 3,600,000 (60 minutes, the limit in the contract). */
  readonly timeoutMs?: number | undefined;
  /** Milliseconds before the first look. Default: 10,000. */
  readonly firstLookMs?: number | undefined;
  /** Milliseconds between looks. Default: 30,000. */
  readonly intervalMs?: number | undefined;
}

/**
 * Looks at a job until it has ended, and yields what each look showed; the last one is of the ended job. Looks after 10 s
 * and then every 30 s, as the contract's `x-aps-job` says. Passing faults do not end it, nor does a state that the
 * contract does not know.
 *
 * @param job the id of the job, or a resume token of an earlier wait.
 * @throws TimeoutError when time ran out, with a resume token and what was seen last.
 * @throws ApiError when the service refuses to show the job (401, 403, 404).
 */
export async function* followImageJob(
  client: Client,
  job: string,
  options: FollowOptions = {},
): AsyncGenerator<JobProgress> {
  const { jobId, projectId } = readResumeToken(job);
  const { now, sleep, onEvent } = client.settings;
  const timeoutMs = options.timeoutMs ?? facts.kinds.CREATE_SERVER_IMAGE.limitSeconds * 1000;
  const startedAt = now();
  let pauseMs = options.firstLookMs ?? facts.pace.firstLookSeconds * 1000;
  let last: JobProgress | undefined;
  for (;;) {
    const remaining = startedAt + timeoutMs - now();
    if (remaining <= 0) throw timedOut(resumeToken({ jobId, projectId }), jobId, timeoutMs, last);
    await sleep(Math.min(pauseMs, remaining), options.signal);
    const seen = await look(client, jobId, projectId, options.signal);
    last = { ...seen, elapsedMs: now() - startedAt };
    onEvent?.({ type: "poll", jobId, status: last.status, elapsedMs: last.elapsedMs });
    yield last;
    if (last.job !== undefined && ["done", "failed"].includes(jobPhase(last.job.status))) return;
    pauseMs = options.intervalMs ?? facts.pace.intervalSeconds * 1000;
  }
}

async function look(client: Client, jobId: string, projectId: string | undefined, signal?: AbortSignal) {
  const project = projectId === undefined ? {} : { project_id: projectId };
  try {
    const job = await client.showImageJob({ path: { ...project, job_id: jobId } }, { signal });
    return { jobId, status: job.status, job };
  } catch (error) {
    signal?.throwIfAborted();
    if (!isPassing(error)) throw error;
    return { jobId, status: "unknown", error };
  }
}

/** Whether another look may succeed. A refusal of the caller or an unknown job does not pass. */
export function isPassing(error: unknown): boolean {
  if (error instanceof ConnectionError || error instanceof TimeoutError) return true;
  return error instanceof ApiError && (error.status === 429 || error.status >= 500 || error.status === 200);
}

function timedOut(token: string, jobId: string, timeoutMs: number, last: JobProgress | undefined): TimeoutError {
  const status = last === undefined ? "It was never seen" : `Its status was ${last.status}`;
  const message = `Job ${jobId} has not ended within ${timeoutMs} ms. ${status}. It goes on; wait for it again by its id.`;
  return new TimeoutError(message, timeoutMs, { observed: last, resumeToken: token });
}
