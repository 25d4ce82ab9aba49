import type { Client } from "../../client.ts";
import { ApiError } from "../../errors/api-error.ts";
import type { CallOptions } from "../../method.ts";
import { isPassing } from "../../transport/retry.ts";
import type { AnyJob, JobFamily, SeenJob } from "./job-family.ts";
import type { ResumePoint } from "./resume-token.ts";

/** A job was not shown. */
export interface NotSeen {
  readonly result: "not seen";
  readonly error: unknown;
  /** Whether another look may show it. */
  readonly isPassing: boolean;
}

/** Looks at one job. Rejects with the reason of the signal only. */
export async function lookAtJob<Job extends AnyJob, Made>(
  client: Client,
  family: JobFamily<Job, Made>,
  point: ResumePoint,
  call: CallOptions,
): Promise<SeenJob<Job, Made> | NotSeen> {
  try {
    return family.outcomeOf(await family.show(client, point, call));
  } catch (error) {
    call.signal?.throwIfAborted();
    return { result: "not seen", error, isPassing: isPassing(error) };
  }
}

/** Whether an error says that there is no such job, which a job that was started just now may be answered with, too. */
export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}
