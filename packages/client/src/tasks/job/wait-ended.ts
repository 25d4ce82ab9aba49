import { ApsError } from "../../errors/aps-error.ts";
import type { Settings } from "../../settings.ts";
import { isNotFound } from "./look-at-job.ts";
import { readResumeToken, resumeToken } from "./resume-token.ts";

/** For how long the service may not show yet what it has begun, or made, in milliseconds. */
export const unseenMs = 300_000;

/** A token for a job of a client, from its id or a token of less. */
export function tokenFor({ endpoint, projectId }: Settings, job: string): string {
  return resumeToken({ endpoint, projectId, ...readResumeToken(job) });
}

/**
 * Adds to an error that ends a wait what the waiter needs: which jobs it was for, that they go on, and how to wait on.
 *
 * @param jobs ids of jobs, or resume tokens.
 */
export function waitEnded(error: unknown, settings: Settings, jobs: readonly string[]): unknown {
  const ids = jobs.slice(0, shownJobs).map((job) => readResumeToken(job).jobId);
  const more = jobs.length > ids.length ? ` and ${jobs.length - ids.length} others` : "";
  // Of a job that is not there nothing is known.
  const rest = isNotFound(error) ? "." : ", and the work goes on; wait for it again by its id.";
  const text = ` The wait for job ${ids.join(", ")}${more} has ended${rest}`;
  // A source of credentials may throw the same error again and again.
  if (!(error instanceof ApsError) || error.message.endsWith(text)) return error;
  error.message += text;
  const [job = ""] = jobs;
  return jobs.length === 1 ? Object.assign(error, { resumeToken: tokenFor(settings, job) }) : error;
}

const shownJobs = 20;
