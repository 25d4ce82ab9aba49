import type { Client } from "../client.ts";
import type { components } from "../generated/aps.ts";
import { job as facts } from "../generated/contract.ts";
import type { CallOptions } from "../methods.ts";

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

interface Known {
  readonly serverStatus: string | undefined;
  readonly candidateJobIds: readonly string[];
}

const kind = "CREATE_SERVER_IMAGE";
const pageSize = 100;
/** Clocks differ by up to what the gateway accepts in a signature; a job may seem to begin before its request. */
const toleranceMs = 15 * 60_000;
/** The gateway gives a request up after 30 s; until then it may still start its work. */
const settleMs = 35_000;
const pauseMs = 5_000;

/**
 * Finds out whether a lost request started its work: by the sub-jobs that make images, by the image's name and by time,
 * and by the state of the image server. Looks again for as long as the gateway may still hold the request.
 *
 * A sub-job does not say which server it works on, and another server may be making an image of the same name. So a job
 * counts only when the server agrees: it is being made into an image, or the image it last made is that of the job.
 */
export async function findStartedImage(client: Client, lost: LostRequest, call: CallOptions): Promise<Finding> {
  const { now, sleep } = client.settings;
  const settledAt = now() + settleMs;
  for (;;) {
    const isLast = now() >= settledAt;
    const seen = await lookAround(client, lost, call).catch(() => {
      call.signal?.throwIfAborted();
      return undefined;
    });
    const known = { serverStatus: seen?.serverStatus, candidateJobIds: seen?.jobs.map(({ id }) => id) ?? [] };
    const agreed = seen?.jobs.filter((job) => agrees(seen, job)) ?? [];
    if (agreed.length === 1) return { verdict: "started", jobId: (agreed[0] as Candidate).id };
    if (isLast) return { verdict: seen !== undefined && isCertainlyIdle(seen) ? "not started" : "unknown", known };
    await sleep(pauseMs, call.signal);
  }
}

interface Candidate {
  readonly id: string;
  readonly imageId: string;
  readonly hasEnded: boolean;
}

interface Seen {
  readonly serverStatus: string | undefined;
  readonly serverImageId: string;
  readonly jobs: readonly Candidate[];
}

function agrees({ serverStatus, serverImageId }: Seen, job: Candidate): boolean {
  if (job.hasEnded) return job.imageId !== "" && job.imageId === serverImageId;
  return serverStatus === facts.kinds[kind].server.during;
}

/** Whether no job can be the one that is looked for: the server waits for work, and no ended job is left unexplained. */
function isCertainlyIdle({ serverStatus, jobs }: Seen): boolean {
  const allowed: readonly string[] = facts.kinds[kind].server.allowed;
  return allowed.includes(serverStatus ?? "") && jobs.every((job) => !job.hasEnded);
}

async function lookAround(client: Client, lost: LostRequest, call: CallOptions): Promise<Seen> {
  const options = { signal: call.signal, token: call.token, headers: call.headers };
  const server = await client.showImageServer({ path: { server_id: lost.serverId } }, options);
  const subJobs: SubJob[] = [];
  for (let offset = 0; ; offset += pageSize) {
    const page = await client.listImageSubJobs({ query: { job_type: kind, offset, limit: pageSize } }, options);
    subJobs.push(...(page.items ?? []));
    if ((page.items ?? []).length < pageSize) break;
  }
  const jobs = subJobs.filter((subJob) => mayBe(subJob, lost)).map(candidate);
  return {
    serverStatus: typeof server.status === "string" ? server.status : undefined,
    serverImageId: server.image_id ?? "",
    jobs: [...new Map(jobs.map((job) => [job.id, job])).values()],
  };
}

function mayBe(subJob: SubJob, lost: LostRequest): boolean {
  const begun = Date.parse(subJob.begin_time ?? "");
  return (
    subJob.job_resource_info?.resource_name === lost.name &&
    !lost.otherJobIds?.includes(subJob.job_id) &&
    (Number.isNaN(begun) || begun >= lost.startedAt.getTime() - toleranceMs)
  );
}

function candidate(subJob: SubJob): Candidate {
  const { done, failed } = facts.subJobs.states;
  return {
    id: subJob.job_id,
    imageId: subJob.job_resource_info?.resource_id ?? "",
    hasEnded: ([...done, ...failed] as readonly string[]).includes(subJob.status),
  };
}
