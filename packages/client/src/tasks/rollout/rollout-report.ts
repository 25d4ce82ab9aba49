import { mend } from "./mend.ts";
import type { RolloutResult } from "./rollout-journal.ts";
import type { RolloutState, ServerState } from "./rollout-state.ts";
import { isBroken, isReady, type SeenServer } from "./seen-server.ts";

/** What became of one server. */
export interface ServerReport {
  readonly id: string;
  readonly name: string;
  /**
   * moved: it has the image that servers get. untouched: it was left as it was. drained: out of service for its users to
   * leave. re-imaging: that goes on, or may. failed: it could not be moved. left: it is left to others, or to its users.
   * gone: it is not there any more.
   */
  readonly state: "moved" | "untouched" | "drained" | "re-imaging" | "failed" | "left" | "gone";
  readonly reason?: string | undefined;
  /** As seen last. */
  readonly imageId: string;
  readonly sessions: number;
  /** Whether the rollout has put it into maintenance mode, and has not certainly taken it out again. */
  readonly isDrained: boolean;
  readonly jobId?: string | undefined;
}

/** Something that is not as it was, and how to mend it. */
export interface Leftover {
  readonly what: "drained" | "broken" | "scaling off" | "group image";
  readonly serverId?: string | undefined;
  readonly says: string;
  /** The command that mends it, once the reason is clear. */
  readonly mend: string;
}

/** What a rollout came to. */
export interface RolloutReport {
  /** interrupted: it was ended before its work; a run with the same journal goes on. */
  readonly result: RolloutResult | "interrupted";
  /** Why it was stopped, rolled back or interrupted. */
  readonly reason?: string | undefined;
  /** The error or the signal's reason that interrupted it. */
  readonly stoppedBy?: unknown;
  readonly serverGroupId: string;
  /** The image that the group was given last. */
  readonly imageId: string;
  readonly servers: readonly ServerReport[];
  readonly leftovers: readonly Leftover[];
}

/** How a rollout gets on. */
export interface RolloutProgress {
  readonly direction: "forward" | "back";
  readonly servers: readonly ServerReport[];
  /** Milliseconds since this run began. */
  readonly elapsedMs: number;
  /** Why the last look failed; the run goes on. */
  readonly error?: unknown;
}

/** Says what is with every server that the plan names, or that was seen since. */
export function serversIn(state: RolloutState, seen: ReadonlyMap<string, SeenServer>): ServerReport[] {
  const planned = new Map(state.plan?.servers.map((server) => [server.id, server]));
  return [...new Set([...planned.keys(), ...seen.keys()])].map((id) => {
    const [plan, now, own] = [planned.get(id), seen.get(id), state.servers.get(id)];
    return {
      id,
      name: now?.name ?? plan?.name ?? "",
      state: stateOf(own, now, state),
      reason: own?.failed ?? own?.left ?? (own?.movedTo === undefined ? plan?.reason : undefined),
      imageId: now?.imageId ?? plan?.imageId ?? "",
      sessions: now?.sessions ?? 0,
      isDrained: own !== undefined && own.hold !== "none",
      jobId: own?.jobId,
    };
  });
}

function stateOf(
  own: ServerState | undefined,
  now: SeenServer | undefined,
  { plan, turned }: RolloutState,
): ServerReport["state"] {
  if (own?.reimage !== undefined) return "re-imaging";
  if (own?.failed !== undefined) return "failed";
  if (now === undefined) return "gone";
  if (own?.left !== undefined) return "left";
  if (own !== undefined && own.hold !== "none" && own.movedTo === undefined) return "drained";
  const target = turned === undefined ? plan?.to.imageId : plan?.from.imageId;
  if (own?.movedTo !== undefined && own.movedTo === target) return "moved";
  return now.imageId === plan?.to.imageId && turned === undefined ? "moved" : "untouched";
}

/** Names what is not as it was before, with the command that mends it. */
export function leftoversOf(state: RolloutState, seen: ReadonlyMap<string, SeenServer>): Leftover[] {
  const { plan, scaling, groupImage } = state;
  if (plan === undefined) return [];
  const leftovers: Leftover[] = [];
  for (const [id, own] of state.servers) {
    const now = seen.get(id);
    // What is gone needs no mending.
    if (now === undefined && own.left !== undefined) continue;
    if (own.hold !== "none") {
      const isBad = now !== undefined && isBroken(now);
      leftovers.push({
        what: isBad ? "broken" : "drained",
        serverId: id,
        says: `Server ${now?.name ?? id} is in maintenance mode${own.reimage === undefined ? "" : ", and is being re-imaged"}.`,
        mend: isBad ? mend.broken(id) : mend.drained(id),
      });
    } else if (own.failed !== undefined && now !== undefined && !isReady(now)) {
      leftovers.push({
        what: "broken",
        serverId: id,
        says: `Server ${now.name} is ${now.status}, ${now.machine}.`,
        mend: mend.broken(id),
      });
    }
  }
  if (plan.scaling !== undefined && !["before", "on"].includes(scaling)) {
    leftovers.push({
      what: "scaling off",
      says: `The scaling policy of group ${plan.group.name} is, or may be, switched off.`,
      mend: mend.scaling(plan),
    });
  }
  if (groupImage !== undefined && !groupImage.isDone) {
    leftovers.push({
      what: "group image",
      says: `Group ${plan.group.name} may or may not have image ${groupImage.imageId}.`,
      mend: mend.group(plan),
    });
  }
  return leftovers;
}
