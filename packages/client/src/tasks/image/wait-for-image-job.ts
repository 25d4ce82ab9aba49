import type { Client } from "../../client.ts";
import type { ImageJob } from "../../errors/job-failed-error.ts";
import { type WaitOneOptions, waitForJob } from "../job/wait-for-job.ts";
import { imageJobs, type MadeImage } from "./image-jobs.ts";

/** How to wait for a job that makes an image, and whom to tell. */
export type WaitOptions = WaitOneOptions<ImageJob>;

/** Waits until a job that makes an image has ended. See {@link waitForJob}, also for what it throws. */
export async function waitForImageJob(client: Client, job: string, options?: WaitOptions): Promise<MadeImage> {
  return (await waitForJob(client, imageJobs, job, options)).image;
}
