import { job, serverJob } from "../generated/contract.ts";

/** The two families of jobs: on image servers, and on application servers. */
export type JobFamily = "image" | "server";

/** The kinds of job that the contract knows, by family. */
export type ImageJobType = keyof typeof job.kinds;
/** The kinds of jobs that work on application servers. */
export type ServerJobType = keyof typeof serverJob.kinds;

/** How long a job takes, in milliseconds. */
export function durationOf({ family, type }: { readonly family: JobFamily; readonly type: string }): number {
  const { typicalSeconds } =
    family === "image" ? job.kinds[type as ImageJobType] : serverJob.kinds[type as ServerJobType];
  return typicalSeconds * 1000;
}

/** How long a job waits until it is picked up, in milliseconds: the vendor's example job was after 1.1 seconds. */
export const waitingMs = 1_100;
