import { job, serverJob } from "../generated/contract.ts";

/** The operations that start a job, by operationId. */
const startersOfJobs: ReadonlySet<string> = new Set(
  [...Object.values(job.kinds), ...Object.values(serverJob.kinds)].flatMap((kind) =>
    "startedInBatchesBy" in kind ? [kind.startedBy, kind.startedInBatchesBy] : [kind.startedBy],
  ),
);

/** Whether an operation starts a job. */
export function startsJob(operationId: string): boolean {
  return startersOfJobs.has(operationId);
}
