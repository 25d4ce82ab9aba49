import type { Client } from "../../client.ts";
import { type OutcomeOf, type WaitManyOptions, waitForJobs } from "../job/wait-for-jobs.ts";
import { type DoneServerJob, serverJobs } from "./server-jobs.ts";

/** How one of many jobs on application servers ended. */
export type ServerJobOutcome = OutcomeOf<{ readonly done: DoneServerJob }>;

/** Waits for many jobs on application servers, in one project, with one timer. See {@link waitForJobs}. */
export function waitForServerJobs(
  client: Client,
  jobs: Iterable<string>,
  options?: WaitManyOptions<ServerJobOutcome>,
): Promise<ReadonlyMap<string, ServerJobOutcome>> {
  return waitForJobs(client, serverJobs, jobs, options);
}
