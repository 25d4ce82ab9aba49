import type { components } from "../../generated/aps.ts";
import { job as facts } from "../../generated/contract.ts";
import { serviceTimeMs, toleranceMs } from "../service-time.ts";
import { type ImageBaseline, textOf } from "./baseline.ts";

/** A part of a job, as ListImageSubJobs shows it. */
export type SubJob = components["schemas"]["ImageSubJob"];

/** A request for an image of which it is not known what it came to. */
export interface LostRequest {
  readonly serverId: string;
  readonly name: string;
  /** The server before the request. Without it, or without its status, nothing can be ruled out. */
  readonly baseline?: ImageBaseline | undefined;
  /** Jobs that are known to be others. Read at every look, so that it may grow. */
  readonly otherJobIds?: Iterable<string> | undefined;
}

/** What one look showed. */
export interface Seen {
  readonly server: Readonly<Record<"status" | "imageId" | "updateTime" | "name", string>>;
  /** Parts of jobs that make images, of every server. */
  readonly subJobs: readonly SubJob[];
}

/** What can be said of the request. */
export type Verdict =
  | { readonly verdict: "started"; readonly jobId: string }
  | {
      readonly verdict: "not started" | "unknown";
      readonly candidateJobIds: readonly string[];
      /** No job can be the one, and the server's state is due to another, or was no state to begin in before. */
      readonly isOthers: boolean;
    };

/** Where only the caller's own clock has timed a request, which may be set to another zone. */
const unknownClockMs = 86_400_000;

/**
 * Judges a request by one look. Only what is positively seen decides: a job that is of this name and not older than the
 * request *and* agrees with what the server shows was started; a server that is idle and as it was before, while no job
 * that may be the one goes on, shows that nothing was. A job does not say which server it works on. What is merely not
 * seen proves nothing: lists lag, records are cleaned up, and names and times may be missing.
 *
 * @param isSettled whether looks have got through for as long as the service may take to begin, and to show, its work.
 */
export function judge(lost: LostRequest, { server, subJobs }: Seen, isSettled: boolean): Verdict {
  const { during } = facts.kinds.CREATE_SERVER_IMAGE.server;
  const { status, imageId, updateTime, at } = lost.baseline ?? {};
  const isKnown = status !== undefined;
  const wasIdle = isKnown && isIdle(status);
  const sinceMs = at === undefined ? Number.NaN : Date.parse(at) - (isKnown ? toleranceMs : unknownClockMs);
  const others = new Set(lost.otherJobIds);
  const fresh = subJobs.filter((job) => !others.has(job.job_id) && !(beginOf(job) < sinceMs));
  const candidates = fresh.filter((job) => fitOf(job, lost, server.name) !== "other");
  const exact = candidates.filter((job) => fitOf(job, lost, server.name) === "exact");
  const isAfter = (job: SubJob) => beginOf(job) >= sinceMs;
  const isBuilding = server.status === during;

  /**
   * The only one that fits, by name; where no name tells, once the others had time to show theirs. The server waited for
   * work before, so that a job which goes on is of another server or not older than the request.
   */
  const only = (fits: (job: SubJob) => boolean): SubJob | undefined => {
    const pool = (exact.length > 0 ? exact : isSettled ? candidates : []).filter(fits);
    return pool.length === 1 ? pool[0] : undefined;
  };
  const isNewImage = isKnown && server.imageId !== "" && server.imageId !== textOf(imageId);
  const isUnchanged =
    isKnown && server.imageId === textOf(imageId) && isSameTime(server.updateTime, textOf(updateTime));
  const made = candidates.filter((job) => isNewImage && isDone(job) && resourceOf(job) === server.imageId);
  const atWork = isBuilding && (wasIdle || !isKnown) ? only(isLive) : undefined;
  // A list that lags shows a job that ended before the request as one that goes on. Its begin tells, or time does.
  const isOurs = atWork !== undefined && (isSettled || isAfter(atWork));
  const started =
    (made.length === 1 && (wasIdle || made.every(isAfter)) ? made[0] : undefined) ?? (isOurs ? atWork : undefined);
  if (started !== undefined) return { verdict: "started", jobId: started.job_id };

  const isStill = isSettled && wasIdle && isIdle(server.status) && !candidates.some(isLive);
  // A failed job leaves the image as it was, but not the time.
  const isProven = isUnchanged && server.updateTime !== "" && textOf(updateTime) !== "";
  // A server that was at work before, and still is, has not taken the request.
  const isStillBusy = isSettled && isBuilding && status === during && isProven;
  const isNone = isStillBusy || (isStill && isUnchanged && (isProven || candidates.length === 0));
  if (!isNone && isSettled && wasIdle && !isBuilding) {
    const ended = only(
      (job) => isAfter(job) && (isFailed(job) || (isDone(job) && isNewImage && resourceOf(job) === "")),
    );
    if (ended !== undefined) return { verdict: "started", jobId: ended.job_id };
  }
  const isOthers = isSettled && candidates.length === 0 && (!wasIdle || (isBuilding && fresh.some(isLive)));
  const named = candidates.length > 0 || isNone || !isBuilding ? candidates : fresh.filter(isLive);
  return {
    verdict: isNone ? "not started" : "unknown",
    candidateJobIds: [...new Set(named.map(({ job_id }) => job_id))],
    isOthers,
  };
}

/** Whether a server in this state waits for work. */
export function isIdle(status: string): boolean {
  return (facts.kinds.CREATE_SERVER_IMAGE.server.allowed as readonly string[]).includes(status);
}

/** Whether a part bears the name of the image; hidden where it bears none, or that of the server, as the contract allows. */
function fitOf(job: SubJob, { name }: LostRequest, serverName: string): "exact" | "hidden" | "other" {
  const shown = plain(textOf(job.job_resource_info?.resource_name));
  if (shown === plain(name)) return "exact";
  return shown === "" || shown === plain(serverName) ? "hidden" : "other";
}

function plain(name: string): string {
  return name.trim().toLowerCase();
}

function isSameTime(a: string, b: string): boolean {
  // A time that is left out says nothing.
  return a === "" || b === "" || a === b || serviceTimeMs(a) === serviceTimeMs(b);
}

function beginOf({ begin_time }: SubJob): number {
  return serviceTimeMs(begin_time);
}

function resourceOf({ job_resource_info: made }: SubJob): string {
  return textOf(made?.resource_id);
}

function isDone({ status }: SubJob): boolean {
  return (facts.subJobs.states.done as readonly unknown[]).includes(status);
}

function isFailed({ status }: SubJob): boolean {
  return (facts.subJobs.states.failed as readonly unknown[]).includes(status);
}

function isLive(job: SubJob): boolean {
  return !isDone(job) && !isFailed(job);
}
