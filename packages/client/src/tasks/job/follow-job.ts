import type { Client } from "../../client.ts";
import { TimeoutError } from "../../errors/timeout-error.ts";
import { hasEnded } from "../../job.ts";
import type { AnyJob, JobFamily } from "./job-family.ts";
import { isNotFound, lookAtJob } from "./look-at-job.ts";
import { lookLimits } from "./look-limits.ts";
import { pause } from "./pause.ts";
import { resumePointFor } from "./resume-token.ts";
import { tokenFor, unseenMs, waitEnded } from "./wait-ended.ts";

/** What a look at a job showed. */
export interface ProgressOf<Job> {
  readonly jobId: string;
  /** The job's status, or `unknown` when the look failed. */
  readonly status: string;
  /** Milliseconds since waiting began. */
  readonly elapsedMs: number;
  /** The job, or undefined when the look failed. */
  readonly job?: Job;
  /** Why the look failed; waiting goes on. */
  readonly error?: unknown;
}

/** How to wait for a job. */
export interface FollowOptions {
  /** Ends the waiting at once, which then rejects with the signal's reason. The job itself goes on. */
  readonly signal?: AbortSignal | undefined;
  /**
   * How long to wait, in milliseconds. A look that is under way at the end is given up to 10 s more. Default: the limit in
   * the contract, 3,600,000 (60 minutes) for an image, 2,400,000 (40 minutes) for work on application servers.
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
 * nor does a state that the contract does not know, a job that is not found in the first 5 minutes, or a success that does not
 * name its image yet, for as long. After the machine has slept there is time for another look.
 *
 * @param family the jobs of image servers, or those of application servers.
 * @param job the id of the job, or a resume token of an earlier wait.
 * @throws ValidationError before anything is sent, for what can be neither a job id nor a resume token, or a token of another
 *   endpoint or project.
 * @throws TimeoutError when time ran out, with a resume token and what was seen last.
 * @throws ApiError when the service refuses to show the job (401, 403, 404), with a resume token.
 * @throws CredentialsError when there are no credentials, or IAM refuses them, with a resume token.
 */
export async function* followJob<Job extends AnyJob, Made>(
  client: Client,
  family: JobFamily<Job, Made>,
  job: string,
  options: FollowOptions = {},
): AsyncGenerator<ProgressOf<Job>> {
  const { facts } = family;
  const point = resumePointFor(client, job);
  const { jobId } = point;
  const { monotonicNow: now, onEvent } = client.settings;
  const timeoutMs = options.timeoutMs ?? family.limitMs;
  const startedAt = now();
  let deadline = startedAt + timeoutMs;
  let pauseMs = options.firstLookMs ?? facts.pace.firstLookSeconds * 1000;
  let last: ProgressOf<Job> | undefined;
  let succeededAt: number | undefined;
  for (;;) {
    const remaining = deadline - now();
    if (remaining <= 0) throw timedOut(tokenFor(client.settings, job), jobId, timeoutMs, last);
    const hasJumped = await pause(client.settings, Math.min(pauseMs, remaining), options.signal);
    pauseMs = options.intervalMs ?? facts.pace.intervalSeconds * 1000;
    if (hasJumped) deadline = Math.max(deadline, now() + 2 * pauseMs);
    const seen = await lookAtJob(client, family, point, lookLimits(client, deadline, { signal: options.signal }));
    const elapsedMs = now() - startedAt;
    if (seen.result === "not seen") {
      const mayAppear = isNotFound(seen.error) && elapsedMs < unseenMs;
      if (!seen.isPassing && !mayAppear) throw waitEnded(seen.error, client.settings, [job]);
      last = { jobId, status: "unknown", error: seen.error, elapsedMs };
    } else last = { jobId, status: seen.status, job: seen.job, elapsedMs };
    const delayMs = Math.max(0, Math.min(pauseMs, deadline - now()));
    onEvent?.({ type: "poll", jobId, status: last.status, elapsedMs, delayMs });
    yield last;
    if (!hasEnded(facts, last.status)) continue;
    succeededAt ??= now();
    const isToBeNamed = seen.result === "running" && last.job !== undefined && family.namesResult(last.job);
    if (!isToBeNamed || now() - succeededAt >= unseenMs) return;
  }
}

function timedOut(
  token: string,
  jobId: string,
  timeoutMs: number,
  last: ProgressOf<unknown> | undefined,
): TimeoutError {
  // Of a job that no look has shown it is not known whether there is one.
  const what =
    last?.job === undefined
      ? `has not been seen within ${timeoutMs} ms. If it exists, it goes on`
      : `has not ended within ${timeoutMs} ms. Its status was ${last.status}. It goes on`;
  const message = `Job ${jobId} ${what}; wait for it again by its id.`;
  return new TimeoutError(message, timeoutMs, { observed: last, resumeToken: token });
}
