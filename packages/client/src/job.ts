import type { ImageJob, SubJobFailure } from "./errors/job-failed-error.ts";
import { job as facts } from "./generated/contract.ts";

/** How the contract classifies a job's state. Anything that it does not list is `unknown`, and means: keep waiting. */
export type JobPhase = "waiting" | "done" | "failed" | "unknown";

/** Classifies the status of a job by the contract. */
export function jobPhase(status: string): JobPhase {
  for (const phase of ["waiting", "done", "failed"] as const) if (contains(facts.states[phase], status)) return phase;
  return "unknown";
}

/** The sub-jobs that failed, with the reasons that the service gives. */
export function failuresOf(job: ImageJob): SubJobFailure[] {
  return subJobsOf(job)
    .filter((subJob) => contains(facts.subJobs.states.failed, at(subJob, facts.subJobs.status)))
    .map((subJob) => ({
      subJobId: String(at(subJob, "/id") ?? ""),
      code: String(at(subJob, facts.subJobs.errorCode) ?? ""),
      message: String(at(subJob, facts.subJobs.errorMessage) ?? ""),
    }));
}

/** What the job made: the resource of its first sub-job that names one. */
export function resourceOf(job: ImageJob): { id: string; name: string } | undefined {
  for (const subJob of subJobsOf(job)) {
    const id = at(subJob, facts.subJobs.resourceId);
    if (typeof id === "string" && id !== "") return { id, name: String(at(subJob, facts.subJobs.resourceName) ?? "") };
  }
  return undefined;
}

function subJobsOf(job: ImageJob): readonly unknown[] {
  const items = at(job, facts.subJobs.items);
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
