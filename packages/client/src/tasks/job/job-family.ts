import type { Client } from "../../client.ts";
import type { ImageJob, JobFailedError, ServerJob } from "../../errors/job-failed-error.ts";
import type { JobFacts } from "../../job.ts";
import type { CallOptions } from "../../method.ts";
import type { ResumePoint } from "./resume-token.ts";

/** A job of either family. */
export type AnyJob = ImageJob | ServerJob;

/** How far a job has come that was seen. `Made` holds what it comes to, such as `{ image }`. */
export type SeenJob<Job extends AnyJob, Made> = { readonly status: string; readonly job: Job } & (
  | { readonly result: "running" }
  | ({ readonly result: "made" } & Made)
  | { readonly result: "failed"; readonly error: JobFailedError<Job> }
);

/** A family of jobs of the contract: how its jobs are looked at, and what they come to. */
export interface JobFamily<Job extends AnyJob, Made> {
  readonly facts: JobFacts & {
    readonly states: { readonly waiting: readonly string[] };
    readonly pace: { readonly firstLookSeconds: number; readonly intervalSeconds: number };
  };
  /** What a job makes, in words, for messages. */
  readonly makes: string;
  /** How long a job is waited for, in milliseconds, unless a caller says otherwise. */
  readonly limitMs: number;
  /** Shows one job. */
  show(client: Client, point: ResumePoint, call: CallOptions): Promise<Job>;
  /** How far a job has come. One with a status of success runs on until what it made can be told. */
  outcomeOf(job: Job): SeenJob<Job, Made>;
  /** Whether a job is of a kind that names what it made, which it may do later than its success. */
  namesResult(job: Job): boolean;
}

/** A family of which many jobs can be looked at with few requests. */
export interface ListedJobFamily<Job extends AnyJob, Made> extends JobFamily<Job, Made> {
  /** The jobs that wait or run, with their status, by their ids. */
  activeJobs(client: Client, call: CallOptions): Promise<Map<string, string>>;
}
