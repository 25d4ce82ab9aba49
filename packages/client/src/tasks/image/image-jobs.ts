import { type ImageJob, JobFailedError } from "../../errors/job-failed-error.ts";
import { job as facts } from "../../generated/contract.ts";
import { failuresOf, hasEnded, hasFailed, resourceOf } from "../../job.ts";
import type { JobFamily, SeenJob } from "../job/job-family.ts";
import type { NotSeen } from "../job/look-at-job.ts";
import { imageMethods } from "./image-methods.ts";

/** The image that a job has made. */
export interface MadeImage {
  /** Id of the image in the image service, a UUID. */
  readonly imageId: string;
  readonly imageName: string;
  readonly jobId: string;
  /** The job as last seen. */
  readonly job: ImageJob;
}

/** What one look at a job showed. */
export type JobLook = SeenJob<ImageJob, { readonly image: MadeImage }> | NotSeen;

const kind = "CREATE_SERVER_IMAGE";

/** The jobs that make images. */
export const imageJobs: JobFamily<ImageJob, { readonly image: MadeImage }> = {
  facts,
  makes: "image",
  get limitMs() {
    return facts.kinds[kind].limitSeconds * 1000;
  },
  show: (client, { projectId, jobId }, call) =>
    imageMethods(client).showImageJob({ path: { project_id: projectId, job_id: jobId } }, call),
  outcomeOf(job) {
    const { status } = job;
    if (hasFailed(facts, status)) {
      return { result: "failed", status, error: new JobFailedError(job, failuresOf(facts, job)), job };
    }
    const made = hasEnded(facts, status) ? resourceOf(facts, job) : undefined;
    if (made === undefined) return { result: "running", status, job };
    return { result: "made", status, image: { imageId: made.id, imageName: made.name, jobId: job.id, job }, job };
  },
  namesResult: ({ job_type }) => job_type in facts.kinds,
};
