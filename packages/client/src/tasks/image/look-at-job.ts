import type { Client } from "../../client.ts";
import { ApiError } from "../../errors/api-error.ts";
import { type ImageJob, JobFailedError } from "../../errors/job-failed-error.ts";
import { failuresOf, hasEnded, hasFailed, resourceOf } from "../../job.ts";
import type { CallOptions } from "../../methods.ts";
import { isPassing } from "../../transport/retry.ts";
import type { ResumePoint } from "./resume-token.ts";

/** The image that a job has made. */
export interface MadeImage {
  /** Id of the image in the image service, a UUID. */
  readonly imageId: string;
  readonly imageName: string;
  readonly jobId: string;
  /** The job as last seen. */
  readonly job: ImageJob;
}

/** How far a job has come that was seen. */
type SeenJob = { readonly status: string; readonly job: ImageJob } & (
  | { readonly result: "running" }
  | { readonly result: "made"; readonly image: MadeImage }
  | { readonly result: "failed"; readonly error: JobFailedError }
);

/** What one look at a job showed. */
export type JobLook = SeenJob | NotSeen;

/** A job was not shown. */
export interface NotSeen {
  readonly result: "not seen";
  readonly error: unknown;
  /** Whether another look may show it. */
  readonly isPassing: boolean;
}

/** How far a job has come. One with a status of success runs on until it names its image. */
export function outcomeOf(job: ImageJob): SeenJob {
  const { status } = job;
  if (hasFailed(status)) return { result: "failed", status, error: new JobFailedError(job, failuresOf(job)), job };
  const made = hasEnded(status) ? resourceOf(job) : undefined;
  if (made === undefined) return { result: "running", status, job };
  return { result: "made", status, image: { imageId: made.id, imageName: made.name, jobId: job.id, job }, job };
}

/** Looks at one job. Rejects with the reason of the signal only. */
export async function lookAtJob(
  client: Client,
  { jobId, projectId }: ResumePoint,
  call: CallOptions,
): Promise<JobLook> {
  try {
    return outcomeOf(await client.showImageJob({ path: { project_id: projectId, job_id: jobId } }, call));
  } catch (error) {
    call.signal?.throwIfAborted();
    return { result: "not seen", error, isPassing: isPassing(error) };
  }
}

/** Whether an error says that there is no such job, which a job that was started just now may be answered with, too. */
export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}
