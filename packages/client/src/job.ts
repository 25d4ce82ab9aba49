import type { SubJobFailure } from "./errors/job-failed-error.ts";

/** What the contract says of a family of jobs, as far as it tells how a job ended. Paths are JSON pointers. */
export interface JobFacts {
  readonly states: { readonly done: readonly string[]; readonly failed: readonly string[] };
  readonly subJobs: {
    readonly items: string;
    readonly status: string;
    readonly states: { readonly failed: readonly string[] };
    readonly resourceId: string;
    readonly resourceName: string;
    readonly errorCode: string;
    readonly errorMessage: string;
  };
}

/** Whether a job with this status has come to its end. A status that the contract does not know means: keep waiting. */
export function hasEnded(facts: JobFacts, status: string): boolean {
  return facts.states.done.includes(status) || hasFailed(facts, status);
}

/** Whether a job with this status has ended without a result. */
export function hasFailed(facts: JobFacts, status: string): boolean {
  return facts.states.failed.includes(status);
}

/** The sub-jobs that failed, with the reasons that the service gives. */
export function failuresOf({ subJobs }: JobFacts, job: unknown): SubJobFailure[] {
  return itemsAt(job, subJobs.items)
    .filter((subJob) => (subJobs.states.failed as readonly unknown[]).includes(at(subJob, subJobs.status)))
    .map((subJob) => ({
      subJobId: String(at(subJob, "/id") ?? ""),
      code: String(at(subJob, subJobs.errorCode) ?? ""),
      message: String(at(subJob, subJobs.errorMessage) ?? ""),
    }));
}

/** What the job made, or worked on: the resource of its first sub-job that names one. */
export function resourceOf({ subJobs }: JobFacts, job: unknown): { id: string; name: string } | undefined {
  for (const subJob of itemsAt(job, subJobs.items)) {
    const id = at(subJob, subJobs.resourceId);
    if (typeof id === "string" && id !== "") return { id, name: String(at(subJob, subJobs.resourceName) ?? "") };
  }
  return undefined;
}

/** The list that a JSON pointer leads to; empty when there is none. */
export function itemsAt(value: unknown, pointer: string): readonly unknown[] {
  const items = at(value, pointer);
  return Array.isArray(items) ? items : [];
}

/** The value that a JSON pointer without escapes leads to. */
export function at(value: unknown, pointer: string): unknown {
  return pointer
    .slice(1)
    .split("/")
    .reduce<unknown>((inner, key) => (inner as Readonly<Record<string, unknown>> | null | undefined)?.[key], value);
}
