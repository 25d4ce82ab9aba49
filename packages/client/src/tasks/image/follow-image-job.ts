import type { Client } from "../../client.ts";
import type { ImageJob } from "../../errors/job-failed-error.ts";
import { TimeoutError } from "../../errors/timeout-error.ts";
import { job as facts } from "../../generated/contract.ts";
import { hasEnded } from "../../job.ts";
import type { CallOptions } from "../../methods.ts";
import { isPassing } from "../../transport/retry.ts";
import { lookLimits } from "./look-limits.ts";
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
  /**
   * How long to wait, in milliseconds. A look that is under way at the end is given up to 10 s more. Default: 3,600,000
   * (60 minutes, the limit in the contract).
   */
  readonly timeoutMs?: number | undefined;
  /** Milliseconds before the first look. Default: 10,000. */
  readonly firstLookMs?: number | undefined;
  /** Milliseconds between looks. Default: 30,000. */
  readonly intervalMs?: number | undefined;
}

/**
 * Looks at a job until it has ended, and yields what each look showed; the last one is of the ended job. Looks after 10 s
 * and then every 30 s, as the contract's `x-aps-job` says. Passing faults of the service, the network and IAM do not end it,
 * nor does a state that the contract does not know.
 *
 * @param job the id of the job, or a resume token of an earlier wait.
 * @throws ValidationError before anything is sent, for what can be neither a job id nor a resume token.
 * @throws TimeoutError when time ran out, with a resume token and what was seen last.
 * @throws ApiError when the service refuses to show the job (401, 403, 404).
 * @throws CredentialsError when there are no credentials, or IAM refuses them.
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
    const limits = lookLimits(client, startedAt + timeoutMs, { signal: options.signal });
    const seen = await look(client, jobId, projectId, limits);
    last = { ...seen, elapsedMs: now() - startedAt };
    onEvent?.({ type: "poll", jobId, status: last.status, elapsedMs: last.elapsedMs });
    yield last;
    if (hasEnded(last.status)) return;
    pauseMs = options.intervalMs ?? facts.pace.intervalSeconds * 1000;
  }
}

async function look(client: Client, jobId: string, projectId: string | undefined, limits: CallOptions) {
  try {
    const job = await client.showImageJob({ path: { project_id: projectId, job_id: jobId } }, limits);
    return { jobId, status: job.status, job };
  } catch (error) {
    limits.signal?.throwIfAborted();
    if (!isPassing(error)) throw error;
    return { jobId, status: "unknown", error };
  }
}

function timedOut(token: string, jobId: string, timeoutMs: number, last: JobProgress | undefined): TimeoutError {
  const status = last === undefined ? "It was never seen" : `Its status was ${last.status}`;
  const message = `Job ${jobId} has not ended within ${timeoutMs} ms. ${status}. It goes on; wait for it again by its id.`;
  return new TimeoutError(message, timeoutMs, { observed: last, resumeToken: token });
}
