import type { Client } from "../../client.ts";
import { ApiError } from "../../errors/api-error.ts";
import { CredentialsError } from "../../errors/credentials-error.ts";
import type { CallOptions } from "../../method.ts";
import { isPassing } from "../../transport/retry.ts";
import type { AnyJob, ListedJobFamily, SeenJob } from "./job-family.ts";
import { lookAtJob, type NotSeen } from "./look-at-job.ts";
import { resumePointFor } from "./resume-token.ts";

/** What a look at one of many jobs showed. A job that goes on is known from a list, without its parts. */
export type LookOf<Job extends AnyJob, Made> =
  | SeenJob<Job, Made>
  | NotSeen
  | { readonly result: "running"; readonly status: string; readonly job?: undefined };

/** How to look at many jobs, and whom to tell. */
export interface LookOptionsOf<Look> extends CallOptions {
  /** Called as soon as a job was looked at. An exception that it throws ends the look. */
  readonly onLook?: ((jobId: string, look: Look) => void) | undefined;
}

const looksAtOnce = 10;

/**
 * Looks once at many jobs of a family, in one project. It lists the jobs that go on, 100 to a page, and asks for
 * those only that are no longer among them, so that a job costs one request of its own when it has ended.
 *
 * @param jobs ids of jobs, or resume tokens.
 * @returns what was seen, by the job's id. A job that was started seconds ago may not be seen yet (404); one with a status
 *   of success is `running` until it names what it made. Without a list, which fails now and then, jobs are `not seen`.
 * @throws ValidationError before anything is sent, for a resume token that cannot be read, or is of another place.
 * @throws ApiError or CredentialsError when the reason concerns every job: listing is refused (401, 403), or there are no
 *   credentials.
 */
export async function lookAtJobs<Job extends AnyJob, Made>(
  client: Client,
  family: ListedJobFamily<Job, Made>,
  jobs: Iterable<string>,
  options: LookOptionsOf<LookOf<Job, Made>> = {},
): Promise<ReadonlyMap<string, LookOf<Job, Made>>> {
  // Not copied: what is left of the time is read at each request.
  const call: CallOptions = options;
  const looks = new Map<string, LookOf<Job, Made>>();
  const found = (jobId: string, look: LookOf<Job, Made>) => {
    looks.set(jobId, look);
    options.onLook?.(jobId, look);
  };
  const points = new Map([...jobs].map((job) => resumePointFor(client, job)).map((point) => [point.jobId, point]));
  let active = new Map<string, string>();
  // So few jobs are shown one by one, because a list is asked for each status in which a job goes on.
  if (points.size > family.facts.states.waiting.length) {
    try {
      active = await family.activeJobs(client, call);
    } catch (error) {
      call.signal?.throwIfAborted();
      if (!isPassing(error)) throw error;
      for (const jobId of points.keys()) found(jobId, { result: "not seen", error, isPassing: true });
      return looks;
    }
  }
  const rest = [...points.values()].filter(({ jobId }) => {
    const status = active.get(jobId);
    if (status !== undefined) found(jobId, { result: "running", status });
    return status === undefined;
  });
  const lane = async () => {
    try {
      for (let point = rest.pop(); point !== undefined; point = rest.pop()) {
        const look = await lookAtJob(client, family, point, call);
        if (look.result === "not seen" && concernsAll(look.error)) throw look.error;
        found(point.jobId, look);
        if ((call.totalTimeoutMs ?? 1) <= 0) return;
      }
    } catch (error) {
      rest.length = 0;
      throw error;
    }
  };
  await Promise.all(Array.from({ length: Math.min(looksAtOnce, rest.length) }, lane));
  return looks;
}

function concernsAll(error: unknown): boolean {
  if (error instanceof CredentialsError) return !error.isTransient;
  return error instanceof ApiError && error.status === 401;
}
