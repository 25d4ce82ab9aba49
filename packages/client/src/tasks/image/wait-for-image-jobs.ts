import type { Client } from "../../client.ts";
import { type ObservedOf, type OutcomeOf, type WaitManyOptions, waitForJobs } from "../job/wait-for-jobs.ts";
import type { MadeImage } from "./image-jobs.ts";
import { listedImageJobs } from "./listed-image-jobs.ts";

/** How one of many jobs that make images ended. */
export type JobOutcome = OutcomeOf<{ readonly image: MadeImage }>;

/** How to wait for many jobs, and whom to tell. */
export type WaitForJobsOptions = WaitManyOptions<JobOutcome>;

/** What a {@link TimeoutError} of {@link waitForImageJobs} holds in `observed`. */
export type ObservedJobs = ObservedOf<JobOutcome>;

/** Waits for many jobs that make images, in one project, with one timer. See {@link waitForJobs}. */
export function waitForImageJobs(
  client: Client,
  jobs: Iterable<string>,
  options?: WaitForJobsOptions,
): Promise<ReadonlyMap<string, JobOutcome>> {
  return waitForJobs(client, listedImageJobs(), jobs, options);
}
