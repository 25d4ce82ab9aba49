import { job } from "../generated/contract.ts";

/** The operations that start a job, by operationId. */
export const startersOfJobs: ReadonlySet<string> = new Set(Object.values(job.kinds).map(({ startedBy }) => startedBy));

/** Whether an operation starts a job. */
export function startsJob(operationId: string): boolean {
  return startersOfJobs.has(operationId);
}
