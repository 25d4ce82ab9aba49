import type { Client } from "../../client.ts";
import { ApsError } from "../../errors/aps-error.ts";
import { type FollowOptions, followJob, type ProgressOf } from "./follow-job.ts";
import type { AnyJob, JobFamily } from "./job-family.ts";
import { readResumeToken } from "./resume-token.ts";
import { waitEnded } from "./wait-ended.ts";

/** How to wait for a job, and whom to tell. */
export interface WaitOneOptions<Job> extends FollowOptions {
  /** Called after every look. An exception that it throws ends the waiting, which then rejects with it; the job goes on. */
  readonly onProgress?: ((progress: ProgressOf<Job>) => void) | undefined;
}

/**
 * Waits until a job of a family has ended. See {@link followJob} for the pace and for what is survived. Resume from anywhere
 * with the job's id alone, or with the resume token of any error that ended the wait.
 *
 * @param job the id of the job, or a resume token.
 * @throws JobFailedError when the job failed, with the code of every sub-job.
 * @throws ApsError when the job has succeeded, and still did not name what it made 5 minutes later.
 * @throws what {@link followJob} throws.
 */
export async function waitForJob<Job extends AnyJob, Made>(
  client: Client,
  family: JobFamily<Job, Made>,
  job: string,
  options: WaitOneOptions<Job> = {},
): Promise<Made> {
  let last: ProgressOf<Job> | undefined;
  for await (const progress of followJob(client, family, job, options)) {
    options.onProgress?.(progress);
    last = progress;
  }
  if (last?.job === undefined) throw new ApsError(`Job ${readResumeToken(job).jobId} was never seen.`);
  const outcome = family.outcomeOf(last.job);
  if (outcome.result === "made") return outcome;
  if (outcome.result === "failed") throw outcome.error;
  const unnamed = new ApsError(`Job ${last.jobId} ended as ${last.status}, but names no ${family.makes}.`);
  throw waitEnded(unnamed, client.settings, [job]);
}
