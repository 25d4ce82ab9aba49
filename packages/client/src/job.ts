import type { ImageJob, SubJobFailure } from "./errors/job-failed-error.ts";
import { job as facts } from "./generated/contract.ts";

const { states, subJobs } = facts;

/** Whether a job with this status has come to its end. A status that the contract does not know means: keep waiting. */
export function hasEnded(status: string): boolean {
  return contains(states.done, status) || hasFailed(status);
}

/** Whether a job with this status has ended without a result. */
export function hasFailed(status: string): boolean {
  return contains(states.failed, status);
}

/** The sub-jobs that failed, with the reasons that the service gives. */
export function failuresOf(job: ImageJob): SubJobFailure[] {
  return subJobsOf(job)
    .filter((subJob) => contains(subJobs.states.failed, at(subJob, subJobs.status)))
    .map((subJob) => ({
      subJobId: String(at(subJob, "/id") ?? ""),
      code: String(at(subJob, subJobs.errorCode) ?? ""),
      message: String(at(subJob, subJobs.errorMessage) ?? ""),
    }));
}

/** What the job made: the resource of its first sub-job that names one. */
export function resourceOf(job: ImageJob): { id: string; name: string } | undefined {
  for (const subJob of subJobsOf(job)) {
    const id = at(subJob, subJobs.resourceId);
    if (typeof id === "string" && id !== "") return { id, name: String(at(subJob, subJobs.resourceName) ?? "") };
  }
  return undefined;
}

function subJobsOf(job: ImageJob): readonly unknown[] {
  const items = at(job, subJobs.items);
  return Array.isArray(items) ? items : [];
}

/** The value that a JSON pointer without escapes leads to. */
function at(value: unknown, pointer: string): unknown {
  return pointer
    .slice(1)
    .split("/")
    .reduce<unknown>((inner, key) => (inner as Readonly<Record<string, unknown>> | null | undefined)?.[key], value);
}

function contains(states: readonly unknown[], status: unknown): boolean {
  return states.includes(status);
}
