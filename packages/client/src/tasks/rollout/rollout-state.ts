import type { RolloutRecord, RolloutResult } from "./rollout-journal.ts";
import type { GroupImage, RolloutPlan } from "./rollout-plan.ts";

/** A request to re-image a server that is not known to have ended. */
export interface Reimage {
  readonly atMs: number;
  readonly action: "change" | "reinstall";
  readonly imageId: string;
  readonly earlierJobId: string;
  jobId?: string;
  refusal?: string;
}

/** How far a server has come by the journal. */
export interface ServerState {
  /** Whether the run has taken it out of service: asked for, certainly, or asked to be put back. */
  hold: "none" | "asked" | "held" | "releasing";
  heldAtMs: number;
  loggedOffAtMs: number | undefined;
  reimage: Reimage | undefined;
  /** Requests that have started nothing. */
  attempts: number;
  /** The last image that it was moved to, and verified. */
  movedTo: string | undefined;
  jobId: string | undefined;
  failed: string | undefined;
  /** Why it is left as it is: to others, or to its users. */
  left: string | undefined;
}

/** How far a rollout has come by its journal. */
export interface RolloutState {
  plan: RolloutPlan | undefined;
  /** Why it goes back; undefined as long as it goes forward. */
  turned: string | undefined;
  floor: number;
  scaling: "before" | "switching off" | "off" | "switching on" | "on";
  /** The image that the group was given last, and whether that was answered. */
  groupImage: { readonly imageId: string; readonly isDone: boolean } | undefined;
  readonly servers: Map<string, ServerState>;
  result: RolloutResult | undefined;
}

/** A rollout that has not begun. */
function freshState(): RolloutState {
  return {
    plan: undefined,
    turned: undefined,
    floor: 0,
    scaling: "before",
    groupImage: undefined,
    servers: new Map(),
    result: undefined,
  };
}

/**
 * Works out how far a rollout has come.
 *
 * @throws TypeError for a record of a type that this version does not know.
 */
export function replayRollout(records: readonly RolloutRecord[]): RolloutState {
  const state = freshState();
  for (const record of records) apply(state, record);
  return state;
}

/** The image that servers get now. */
export function targetOf({ plan, turned }: RolloutState): GroupImage {
  if (plan === undefined) throw new TypeError("The journal holds no plan.");
  return turned === undefined ? plan.to : plan.from;
}

/** The state of a server; a server without a record has come to nothing. */
export function serverOf({ servers }: RolloutState, id: string): ServerState {
  const known = servers.get(id);
  if (known !== undefined) return known;
  const fresh: ServerState = {
    hold: "none",
    heldAtMs: 0,
    loggedOffAtMs: undefined,
    reimage: undefined,
    attempts: 0,
    movedTo: undefined,
    jobId: undefined,
    failed: undefined,
    left: undefined,
  };
  servers.set(id, fresh);
  return fresh;
}

/** Takes a record into account. */
export function apply(state: RolloutState, record: RolloutRecord): void {
  const atMs = Date.parse(record.at);
  switch (record.type) {
    case "plan":
      state.plan = record.plan;
      state.floor = record.floor;
      return;
    case "turn":
      state.turned = record.reason;
      state.floor = record.floor;
      state.result = undefined;
      // A rollout that had ended has switched it on again.
      if (state.scaling === "on") state.scaling = "before";
      for (const server of state.servers.values()) Object.assign(server, { failed: undefined, attempts: 0 });
      return;
    case "scaling":
      state.scaling =
        record.to === "rollout"
          ? record.step === "asked"
            ? "switching off"
            : "off"
          : record.step === "asked"
            ? "switching on"
            : "on";
      return;
    case "group":
      state.groupImage = { imageId: targetOf(state).imageId, isDone: record.step === "done" };
      return;
    case "end":
      state.result = record.result;
      return;
    default:
      applyToServer(serverOf(state, record.serverId), record, atMs);
  }
}

function applyToServer(
  server: ServerState,
  record: Extract<RolloutRecord, { readonly serverId: string }>,
  atMs: number,
): void {
  switch (record.type) {
    case "drain":
      server.hold = record.step === "asked" ? "asked" : "held";
      server.heldAtMs = atMs;
      server.loggedOffAtMs = undefined;
      return;
    case "undrain":
      server.hold = record.step === "asked" ? "releasing" : "none";
      return;
    case "logoff":
      server.loggedOffAtMs = atMs;
      return;
    case "reimage": {
      const { action, imageId, earlierJobId } = record;
      server.reimage = { atMs, action, imageId, earlierJobId };
      return;
    }
    case "job":
      server.jobId = record.jobId;
      if (server.reimage !== undefined) server.reimage.jobId = record.jobId;
      return;
    case "refused":
      if (server.reimage !== undefined) server.reimage.refusal = record.reason;
      return;
    case "nothing":
      server.reimage = undefined;
      server.attempts += 1;
      return;
    case "moved":
      server.reimage = undefined;
      server.movedTo = record.imageId;
      server.failed = undefined;
      return;
    case "failed":
      server.reimage = undefined;
      server.failed = record.reason;
      return;
    case "left":
      server.left = record.reason;
      return;
    default:
      throw new TypeError(`The journal holds a record of type ${JSON.stringify((record as RolloutRecord).type)}.`);
  }
}
