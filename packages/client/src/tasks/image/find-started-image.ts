import type { Client } from "../../client.ts";
import type { AmbiguousOutcome } from "../../errors/ambiguous-outcome-error.ts";
import type { CallOptions } from "../../method.ts";
import { isPassing } from "../../transport/retry.ts";
import { lookLimits } from "../job/look-limits.ts";
import { pause } from "../job/pause.ts";
import { settleMs } from "../service-time.ts";
import { textOf } from "./baseline.ts";
import { imageMethods } from "./image-methods.ts";
import { imageSubJobs } from "./sub-job-walk.ts";
import { judge, type LostRequest, type Seen, type SubJob, type Verdict } from "./verdict.ts";

/** What could be found out about a request, and what was seen last. */
export type Finding = Verdict & Pick<AmbiguousOutcome, "serverStatus" | "serverImageId" | "lookError">;

/** For as long a doubt is looked into, of the time in which anything can be seen, if there is that much. */
export const searchMs = 2 * settleMs;
const firstPauseMs = 5_000;
const laterPauseMs = 10_000;
const quickLooks = 6;

/**
 * Finds out what became of a request, with one look after the other: at the server, and at the jobs that make images. See
 * {@link judge} for what decides. Goes on for as long as looks fail for passing reasons: the time in which nothing can be seen, as
 * in an outage or while looks are throttled, is not what a search has its time for.
 *
 * @param limits.reason how the request had ended, where that is known.
 * @param limits.deadline when to end, on the client's monotonic clock; after a machine has slept, somewhat later.
 */
export async function findStartedImage(
  client: Client,
  lost: LostRequest,
  call: CallOptions,
  limits: { readonly deadline: number; readonly reason?: string | undefined },
): Promise<Finding> {
  const { monotonicNow: now, onEvent } = client.settings;
  const { serverId, name } = lost;
  const startedAt = now();
  let { deadline } = limits;
  /** Of the waits after looks that got through. How long a look was held back, or failed, is not what a search has its time for. */
  let leftMs = searchMs;
  /** From when on looks have got through for long enough. */
  let settledAt: number | undefined;
  let last: Partial<Seen> = {};
  for (let looks = 1; ; looks++) {
    const begunAt = now();
    const { error, ...seen } = await lookAround(
      client,
      lost,
      lookLimits(client, deadline, { ...call, onResponse: undefined }),
    );
    last = { ...last, ...seen };
    if (error === undefined) settledAt ??= now() + settleMs;
    const isSettled = seen.isWhole === true && settledAt !== undefined && begunAt >= settledAt;
    const verdict: Verdict =
      error === undefined
        ? judge(lost, seen as Seen, isSettled)
        : { verdict: "unknown", isOthers: false, candidateJobIds: candidatesOf(lost, last) };
    const delayMs = Math.max(0, Math.min(looks > quickLooks ? laterPauseMs : firstPauseMs, deadline - now()));
    onEvent?.({
      ...{ type: "search", serverId, name, verdict: verdict.verdict, reason: limits.reason },
      ...{ elapsedMs: now() - startedAt, delayMs, serverStatus: last.server?.status },
    });
    const isOver =
      verdict.verdict !== "unknown" ||
      verdict.isOthers ||
      leftMs <= 0 ||
      now() >= deadline ||
      (error !== undefined && !isPassing(error));
    if (isOver)
      return { ...verdict, serverStatus: last.server?.status, serverImageId: last.server?.imageId, lookError: error };
    const pausedAt = now();
    const hasJumped = await pause(client.settings, delayMs, call.signal);
    if (hasJumped) deadline = Math.max(deadline, now() + settleMs);
    else if (error === undefined) leftMs -= now() - pausedAt;
  }
}

/** The jobs that an earlier look has shown still are candidates when the last one failed. */
function candidatesOf(lost: LostRequest, { server, subJobs }: Partial<Seen>): readonly string[] {
  if (server === undefined || subJobs === undefined) return [];
  const verdict = judge(lost, { server, subJobs }, false);
  return verdict.verdict === "started" ? [verdict.jobId] : verdict.candidateJobIds;
}

async function lookAround(client: Client, { serverId }: LostRequest, call: CallOptions) {
  const seen: { server?: Seen["server"]; subJobs?: readonly SubJob[]; isWhole?: boolean; error?: unknown } = {};
  try {
    // The jobs first: a job that ends in between would else be seen as done on a server that is still at work.
    Object.assign(seen, await imageSubJobs(client, call));
    const { name, status, image_id, update_time } = await imageMethods(client).showImageServer(
      { path: { server_id: serverId } },
      call,
    );
    seen.server = {
      name: textOf(name),
      status: textOf(status),
      imageId: textOf(image_id),
      updateTime: textOf(update_time),
    };
    return seen;
  } catch (error) {
    call.signal?.throwIfAborted();
    return { ...seen, error };
  }
}
