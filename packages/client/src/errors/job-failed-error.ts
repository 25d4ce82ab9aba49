import type { components } from "../generated/aps.ts";
import { ApsError } from "./aps-error.ts";

/** A job as ShowImageJob answers it. */
export type ImageJob = components["schemas"]["ImageJob"];

/** A job on application servers as ShowJobDetail answers it. */
export type ServerJob = components["schemas"]["ServerJob"];

/** Why one part of a job failed. */
export interface SubJobFailure {
  readonly subJobId: string;
  /** Error code of the service, empty when it gives none. */
  readonly code: string;
  readonly message: string;
}

/** The job ended without a result. */
export class JobFailedError<Job extends ImageJob | ServerJob = ImageJob> extends ApsError {
  override name = "JobFailedError";
  readonly jobId: string;
  /** Code and message of every sub-job that failed. */
  readonly failures: readonly SubJobFailure[];
  /** The job as last seen. */
  readonly job: Job;

  constructor(job: Job, failures: readonly SubJobFailure[]) {
    const reasons = failures.map(({ code, message }) => [code, message].filter(Boolean).join(" ")).filter(Boolean);
    const reason = reasons.join("; ") || "the service gives no reason";
    super(`Job ${job.id} failed: ${reason.replace(/\.$/, "")}.`);
    this.jobId = job.id;
    this.failures = failures;
    this.job = job;
  }
}
