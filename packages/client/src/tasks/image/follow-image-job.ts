import type { Client } from "../../client.ts";
import type { ImageJob } from "../../errors/job-failed-error.ts";
import { type FollowOptions, followJob, type ProgressOf } from "../job/follow-job.ts";
import { imageJobs } from "./image-jobs.ts";

/** What a look at a job that makes an image showed. */
export type JobProgress = ProgressOf<ImageJob>;

/** Looks at a job that makes an image until it has ended, and yields what each look showed. See {@link followJob}. */
export function followImageJob(client: Client, job: string, options?: FollowOptions): AsyncGenerator<JobProgress> {
  return followJob(client, imageJobs, job, options);
}
