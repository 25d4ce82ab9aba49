import type { Client } from "../../client.ts";
import { ApsError } from "../../errors/aps-error.ts";
import { type FollowOptions, followImageJob, type JobProgress } from "./follow-image-job.ts";
import { type MadeImage, outcomeOf } from "./look-at-job.ts";
import { readResumeToken } from "./resume-token.ts";
import { waitEnded } from "./wait-ended.ts";

/** How to wait for a job, and whom to tell. */
export interface WaitOptions extends FollowOptions {
  /** Called after every look. An exception that it throws ends the waiting, which then rejects with it; the job goes on. */
  readonly onProgress?: ((progress: JobProgress) => void) | undefined;
}

/**
 * Waits until a job that makes an image has ended. See {@link followImageJob} for the pace and for what is survived.
 * Resume from anywhere with the job's id alone, or with the resume token of any error that ended the wait.
 *
 * @param job the id of the job, or a resume token.
 * @throws JobFailedError when the job failed, with the code of every sub-job.
 * @throws ApsError when the job has succeeded, and still named no image 5 minutes later.
 * @throws what {@link followImageJob} throws.
 */
export async function waitForImageJob(client: Client, job: string, options: WaitOptions = {}): Promise<MadeImage> {
  let last: JobProgress | undefined;
  for await (const progress of followImageJob(client, job, options)) {
    options.onProgress?.(progress);
    last = progress;
  }
  if (last?.job === undefined) throw new ApsError(`Job ${readResumeToken(job).jobId} was never seen.`);
  const outcome = outcomeOf(last.job);
  if (outcome.result === "made") return outcome.image;
  if (outcome.result === "failed") throw outcome.error;
  const unnamed = new ApsError(`Job ${last.jobId} ended as ${last.status}, but names no image.`);
  throw waitEnded(unnamed, client.settings, [job]);
}
