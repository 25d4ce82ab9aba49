import type { Client } from "../../client.ts";
import type { ServerJob } from "../../errors/job-failed-error.ts";
import { type WaitOneOptions, waitForJob } from "../job/wait-for-job.ts";
import { type DoneServerJob, serverJobs } from "./server-jobs.ts";

/** How to wait for a job on application servers, and whom to tell. */
export type ServerWaitOptions = WaitOneOptions<ServerJob>;

/**
 * Waits until a job on application servers has ended: one that re-images, reinstalls, creates or deletes them. See
 * {@link waitForJob}, also for what it throws. That a server is re-imaged does not mean that its agent has registered yet.
 *
 * @param job the id of the job, or a resume token.
 */
export async function waitForServerJob(
  client: Client,
  job: string,
  options?: ServerWaitOptions,
): Promise<DoneServerJob> {
  return (await waitForJob(client, serverJobs, job, options)).done;
}
