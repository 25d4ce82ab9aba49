import type { Client } from "../../client.ts";
import type { ImageJob } from "../../errors/job-failed-error.ts";
import { type LookOf, type LookOptionsOf, lookAtJobs } from "../job/look-at-jobs.ts";
import type { MadeImage } from "./image-jobs.ts";
import { listedImageJobs } from "./listed-image-jobs.ts";

/** What a look at one of many jobs that make images showed. */
export type ImageJobLook = LookOf<ImageJob, { readonly image: MadeImage }>;

/** How to look at many jobs, and whom to tell. */
export type LookAtJobsOptions = LookOptionsOf<ImageJobLook>;

/** Looks once at many jobs that make images, in one project. See {@link lookAtJobs} for the requests that it takes. */
export function lookAtImageJobs(
  client: Client,
  jobs: Iterable<string>,
  options?: LookAtJobsOptions,
): Promise<ReadonlyMap<string, ImageJobLook>> {
  return lookAtJobs(client, listedImageJobs(), jobs, options);
}
