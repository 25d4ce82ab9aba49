import type { Client } from "../../client.ts";
import type { AmbiguousOutcome } from "../../errors/ambiguous-outcome-error.ts";
import type { components } from "../../generated/aps.ts";
import { job as facts } from "../../generated/contract.ts";
import type { CallOptions } from "../../methods.ts";
import { isPassing } from "../../transport/retry.ts";
import { paginate } from "../paginate.ts";
import { lookLimits } from "./look-limits.ts";

type SubJob = components["schemas"]["ImageSubJob"];

/** A request for an image whose answer was lost. */
export interface LostRequest {
  readonly serverId: string;
  readonly name: string;
  readonly startedAt: Date;
  /** Jobs that are known to be others, such as earlier tries that failed. Default: none. */
  readonly otherJobIds?: readonly string[] | undefined;
}

/** What could be found out about it. */
export type Finding =
  | { readonly verdict: "started"; readonly jobId: string }
  | { readonly verdict: "not started" | "unknown"; readonly known: Known };

type Known = Pick<AmbiguousOutcome, "serverStatus" | "candidateJobIds" | "lookError">;

const kind = "CREATE_SERVER_IMAGE";
/** Clocks differ by up to what the gateway accepts in a signature; a job may seem to begin before its request. */
const toleranceMs = 15 * 60_000;
/** The gateway gives a request up after 30 s; until then it may still start its work. */
const settleMs = 35_000;
const pauseMs = 5_000;
/** Time for the looks, should the service be slow or out of reach. */
const usualTotalMs = 120_000;

/**
 * Finds out whether a lost request started its work: by the sub-jobs that make images, by the image's name and by time,
 * and by the state of the image server. Looks again for as long as the gateway may still hold the request, and for as long
 * as the looks fail for passing reasons.
 *
 * A sub-job does not say which server it works on, and another server may be making an image of the same name. So a job
 * counts only when the server agrees: it is being made into an image, or the image it last made is that of the job.
 *
 * @param deadline when to end, in milliseconds since 1970. Until the gateway has let go of the request, nothing is certainly
 *   not started. Default: in 2 minutes.
 */
export async function findStartedImage(
  client: Client,
  lost: LostRequest,
  call: CallOptions,
  deadline: number = client.settings.now() + usualTotalMs,
): Promise<Finding> {
  const { now, sleep } = client.settings;
  const settledAt = now() + settleMs;
  for (;;) {
    const isSettled = now() >= settledAt;
    const seen = await lookAround(client, lost, lookLimits(client, deadline, { ...call, onResponse: undefined }));
    const [agreed, ...others] = seen.jobs.filter((job) => agrees(seen, job));
    if (agreed !== undefined && others.length === 0) return { verdict: "started", jobId: agreed.job_id };
    const isLast = now() >= deadline || (seen.error === undefined ? isSettled : !isPassing(seen.error));
    if (isLast) {
      const verdict = isSettled && isCertainlyIdle(seen) ? "not started" : "unknown";
      const candidateJobIds = seen.jobs.map(({ job_id }) => job_id);
      return { verdict, known: { serverStatus: seen.serverStatus, candidateJobIds, lookError: seen.error } };
    }
    await sleep(Math.min(pauseMs, deadline - now()), call.signal);
  }
}

interface Seen {
  readonly serverStatus?: string | undefined;
  readonly serverImageId?: string | undefined;
  /** Those that may be the one that is looked for. */
  readonly jobs: readonly SubJob[];
  /** Why the look failed. */
  readonly error?: unknown;
}

function agrees({ serverStatus, serverImageId }: Seen, job: SubJob): boolean {
  if (!nameOf(job)) return false;
  const imageId = job.job_resource_info?.resource_id;
  return hasEnded(job)
    ? Boolean(imageId) && imageId === serverImageId
    : serverStatus === facts.kinds[kind].server.during;
}

/** Whether no job can be the one that is looked for: the server waits for work, and no ended job is left unexplained. */
function isCertainlyIdle({ serverStatus, jobs, error }: Seen): boolean {
  const allowed: readonly unknown[] = facts.kinds[kind].server.allowed;
  return error === undefined && allowed.includes(serverStatus) && !jobs.some(hasEnded);
}

async function lookAround(client: Client, lost: LostRequest, call: CallOptions): Promise<Seen> {
  try {
    const server = await client.showImageServer({ path: { server_id: lost.serverId } }, call);
    const jobs = new Map<string, SubJob>();
    for await (const subJob of paginate(client.listImageSubJobs, { query: { job_type: kind } }, call)) {
      if (mayBe(subJob, lost)) jobs.set(subJob.job_id, subJob);
    }
    const serverStatus = typeof server.status === "string" ? server.status : undefined;
    return { serverStatus, serverImageId: server.image_id, jobs: [...jobs.values()] };
  } catch (error) {
    call.signal?.throwIfAborted();
    return { jobs: [], error };
  }
}

function mayBe(subJob: SubJob, lost: LostRequest): boolean {
  const begun = Date.parse(subJob.begin_time ?? "");
  return (
    // The service need not know the name of what is not made yet, or never will be.
    [lost.name, undefined, ""].includes(nameOf(subJob)) &&
    !lost.otherJobIds?.includes(subJob.job_id) &&
    !(begun < lost.startedAt.getTime() - toleranceMs)
  );
}

function nameOf({ job_resource_info: made }: SubJob): string | undefined {
  return made?.resource_name;
}

function hasEnded({ status }: SubJob): boolean {
  const { done, failed } = facts.subJobs.states;
  return [...done, ...failed].some((state) => state === status);
}
