import { serverJob as facts } from "../../generated/contract.ts";
import { hasEnded, hasFailed } from "../../job.ts";
import { serviceTimeMs, toleranceMs } from "../service-time.ts";
import type { RolloutSettings } from "./rollout-options.ts";
import type { GroupImage } from "./rollout-plan.ts";
import type { ServerState } from "./rollout-state.ts";
import { isBroken, isIdle, isReady, type SeenServer } from "./seen-server.ts";

/** What is done with a server next. */
export type Step =
  | { readonly do: "wait" | "candidate" | "done" | "drain" | "release" | "log off" | "reimage" | "repair" }
  | { readonly do: "adopt"; readonly jobId: string }
  /** Look at the job itself. */
  | { readonly do: "show job"; readonly jobId: string }
  | { readonly do: "accept" | "resolve doubt" }
  | { readonly do: "fail" | "leave"; readonly reason: string };

/** What decides, beside the server. */
export interface Circumstances {
  readonly target: GroupImage;
  /** The image that servers are moved away from, when only those are to be moved. */
  readonly only: string | undefined;
  /** The service's time. */
  readonly nowMs: number;
  /** Whether the run is to end: nothing new is begun. */
  readonly isEnding: boolean;
  /** Looks in a row that have shown nobody on the server, by its field and by the list. */
  readonly emptyLooks: number;
  /** Since when looks of this run have got through, by the service's time. */
  readonly lookingSinceMs: number;
  readonly settings: RolloutSettings;
}

/** The jobs that give a server an image, by what was asked for. */
export const jobTypes = { change: "CHANGE_SERVER_IMAGE", reinstall: "REINSTALL_OS" } as const;
const emptyLooksNeeded = 2;

/** Decides what is done next with a server, by what the journal says and what was seen of it. */
export function nextStep(own: ServerState, seen: SeenServer, given: Circumstances): Step {
  if (own.reimage !== undefined) return stepOfReimage(own.reimage, seen, given);
  const { target, only, nowMs, settings, isEnding } = given;
  const isWanted = seen.imageId !== target.imageId && (only === undefined || seen.imageId === only);
  if (own.hold === "asked") return { do: isEnding ? "release" : "drain" };
  if (own.hold === "releasing") return { do: "release" };
  if (own.failed !== undefined) {
    // It is put back only when it certainly works, and is what it was: a look from before the request shows that, too.
    const isAfter = own.jobId === undefined || (seen.jobId === own.jobId && hasEnded(facts, seen.jobStatus));
    const isBack = isReady(seen) && isAfter && seen.imageId !== target.imageId;
    return { do: own.hold === "held" && isBack ? "release" : "done" };
  }
  if (own.left !== undefined) return { do: own.hold === "held" ? "release" : "done" };
  if (own.hold === "none") {
    return { do: isWanted && !isEnding ? "candidate" : "done" };
  }
  if (own.movedTo === target.imageId || !isWanted) {
    // Back again, a server that is broken still has, or has again, the image from before.
    if (only !== undefined && isBroken(seen) && !isEnding) return { do: "repair" };
    return { do: isBroken(seen) ? "done" : "release" };
  }
  if (only !== undefined && isBroken(seen)) return { do: "reimage" };
  if (isEnding) return { do: "release" };
  const heldMs = nowMs - own.heldAtMs;
  const isSettled = heldMs >= settings.settleMs;
  if (!seen.isDrained) {
    if (!isSettled) return { do: "wait" };
    return { do: "leave", reason: "Somebody has taken it out of maintenance mode." };
  }
  if (isSettled && given.emptyLooks >= emptyLooksNeeded && isReady(seen)) return { do: "reimage" };
  const { drain } = settings;
  if (heldMs < drain.timeoutMs) return { do: "wait" };
  if (!isReady(seen)) return { do: "leave", reason: `It is not ready: ${seen.status}, ${seen.machine}.` };
  if (drain.atTimeout === "skip" && given.emptyLooks === 0)
    return { do: "leave", reason: `${seen.sessions} sessions were still on it.` };
  if (drain.atTimeout === "logoff" && nowMs - (own.loggedOffAtMs ?? 0) > drain.graceMs + settings.settleMs)
    return { do: "log off" };
  return { do: "wait" };
}

function stepOfReimage(
  request: NonNullable<ServerState["reimage"]>,
  seen: SeenServer,
  { nowMs, settings, lookingSinceMs }: Circumstances,
): Step {
  const { action, imageId, jobId, earlierJobId, atMs } = request;
  const { limitSeconds, typicalSeconds } = facts.kinds[jobTypes[action]];
  const limitMs = limitSeconds * 1000;
  const hasImage = seen.imageId === imageId;
  if (jobId !== undefined) {
    const isOwn = seen.jobId === jobId;
    if (isOwn && hasFailed(facts, seen.jobStatus)) return { do: "show job", jobId };
    const isThere =
      hasImage && isReady(seen) && (isOwn ? hasEnded(facts, seen.jobStatus) : action === "change" || seen.jobId === "");
    if (isThere) return { do: "show job", jobId };
    if (nowMs - atMs > limitMs + settings.registerTimeoutMs) {
      return { do: "fail", reason: `It is not back after job ${jobId}: ${seen.status}, ${seen.machine}.` };
    }
    // Where the server does not name its job, the job is asked for.
    return seen.jobId === "" && nowMs - atMs > typicalSeconds * 1000 ? { do: "show job", jobId } : { do: "wait" };
  }
  const isLater = serviceTimeMs(seen.jobTime) >= atMs - toleranceMs;
  if (seen.jobId !== "" && seen.jobId !== earlierJobId && seen.jobType === jobTypes[action] && isLater) {
    return { do: "adopt", jobId: seen.jobId };
  }
  if (action === "change" && hasImage && isReady(seen)) return { do: "accept" };
  const isSettled = nowMs - Math.max(atMs, lookingSinceMs) >= settings.settleMs;
  if (isSettled && isIdle(seen) && seen.jobId === earlierJobId && (action === "reinstall" || !hasImage)) {
    return { do: "resolve doubt" };
  }
  if (nowMs - Math.max(atMs, lookingSinceMs) > limitMs + settings.registerTimeoutMs) {
    return { do: "fail", reason: `It is unknown whether it was re-imaged: ${seen.status}, ${seen.machine}.` };
  }
  return { do: "wait" };
}
