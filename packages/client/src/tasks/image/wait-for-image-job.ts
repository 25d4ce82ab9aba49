import type { Client } from "../../client.ts";
import { ApsError } from "../../errors/aps-error.ts";
import { type ImageJob, JobFailedError } from "../../errors/job-failed-error.ts";
import { failuresOf, hasFailed, resourceOf } from "../../job.ts";
import { type FollowOptions, followImageJob, type JobProgress } from "./follow-image-job.ts";

/** The image that a job has made. */
export interface MadeImage {
  /** Id of the image in the image service, a UUID. */
  readonly imageId: string;
  readonly imageName: string;
  readonly jobId: string;
  /** The job as last seen. */
  readonly job: ImageJob;
}

/** How to wait for a job, and whom to tell. */
export interface WaitOptions extends FollowOptions {
  /** Called after every look. An exception that it throws ends the waiting, which then rejects with it; the job goes on. */
  readonly onProgress?: ((progress: JobProgress) => void) | undefined;
}

/**
 * Waits until a job that makes an image has ended. See {@link followImageJob} for the pace and for what is survived.
 * Resume from anywhere with the job's id alone, or with the token of a {@link TimeoutError}.
 *
 * @param job the id of the job, or a resume token.
 * @throws ValidationError before anything is sent, for what can be neither a job id nor a resume token.
 * @throws JobFailedError when the job failed, with the code of every sub-job.
 * @throws ApsError when the job has succeeded, but names no image.
 * @throws TimeoutError when time ran out; the job goes on, and can be waited for again.
 * @throws ApiError when the service refuses to show the job (401, 403, 404).
 * @throws CredentialsError when there are no credentials, or IAM refuses them.
 */
export async function waitForImageJob(client: Client, job: string, options: WaitOptions = {}): Promise<MadeImage> {
  let last: ImageJob | undefined;
  for await (const progress of followImageJob(client, job, options)) {
    options.onProgress?.(progress);
    last = progress.job ?? last;
  }
  if (last === undefined) throw new ApsError(`Job ${job} was never seen.`);
  return madeImage(last);
}

/**
 * The image of a job that has ended.
 *
 * @throws JobFailedError when the job failed.
 * @throws ApsError when it names no image.
 */
export function madeImage(job: ImageJob): MadeImage {
  if (hasFailed(job.status)) throw new JobFailedError(job, failuresOf(job));
  const image = resourceOf(job);
  if (image === undefined) throw new ApsError(`Job ${job.id} ended as ${job.status}, but names no image.`);
  return { imageId: image.id, imageName: image.name, jobId: job.id, job };
}
