import type { RolloutOptions, RolloutPlan, RolloutReport } from "@workspace-aps/client";
import type { Place } from "../place.ts";

/** A group of servers that gets an image of the run when it is made. */
export interface FleetRollout extends Omit<Place, "account">, FleetRolloutOptions {
  /** Default: empty, for where there is one account. */
  readonly account?: string | undefined;
  /** The group that gets the image. */
  readonly serverGroupId: string;
  /** The image server of this run whose image it is. */
  readonly serverId: string;
  /** Whether somebody has to approve the plan before any server is touched. Default: true. */
  readonly approval?: boolean | undefined;
}

/** How a group is moved to its image. What is left out has the default of `planRollout` and `rollOut`. */
export interface FleetRolloutOptions extends Pick<RolloutOptions, "drain" | "maxFailures" | "onFailure"> {
  /** How many servers may be out of service at once: a number, or a share such as `25%`. */
  readonly maxUnavailable?: number | `${number}%` | undefined;
  /** How many servers go first, alone. */
  readonly canary?: number | undefined;
}

/** The states of a rollout that are no end. One that is refused may go on, and counts as ended until somebody lets it. */
export const openRolloutStates = ["waiting", "planned", "approved", "rolling"] as const;

/**
 * How far a rollout has come. `waiting`: for its image. `planned`: for an approval. `approved`: for a worker. `rolling`: servers are
 * being moved. `refused`: nothing was begun, for the reason; or, when the service refused a request half-way, it waits for a person,
 * keeps what is done, and keeps its group from others. The others are the results of `rollOut` and `rollBack`.
 */
export type FleetRolloutState =
  | (typeof openRolloutStates)[number]
  | "refused"
  | "cancelled"
  | "done"
  | "incomplete"
  | "stopped"
  | "rolled back";

/** Names one rollout. */
export interface RolloutKey extends Place {
  readonly run: string;
  readonly serverGroupId: string;
}

/** A row of the table of rollouts. */
export interface RolloutRow extends RolloutKey {
  readonly serverId: string;
  readonly options: FleetRolloutOptions;
  readonly state: FleetRolloutState;
  /** Whether it goes to the image of the run, or back to the one from before. */
  readonly direction: "forward" | "back";
  readonly approval: "not needed" | "needed" | "given";
  readonly approvedBy: string | null;
  readonly approvedAt: Date | null;
  /** What is going to be done; null until the image is made. */
  readonly plan: RolloutPlan | null;
  /** What has become of the servers, as seen last. */
  readonly report: Partial<Pick<RolloutReport, "servers" | "leftovers" | "reason">> | null;
  readonly reason: string | null;
  readonly changedAt: Date;
}

/** The columns of {@link RolloutRow}, by its names. */
export const rolloutColumns = `o.run, o.account, o.region, o.project_id as "projectId", o.server_group_id as "serverGroupId",
  o.server_id as "serverId", o.options, o.state, o.direction, o.approval, o.approved_by as "approvedBy",
  o.approved_at as "approvedAt", o.plan, o.report, o.reason, o.changed_at as "changedAt"`;

/** The condition that a row is the one of a key, with {@link keyValues} as parameters from `$1`. */
export const isRollout =
  "o.run = $1 and o.account = $2 and o.region = $3 and o.project_id = $4 and o.server_group_id = $5";

/** The condition that a row was refused half-way: it is refused, and its journal holds something. */
export function isRefusedHalfWay(row: string): string {
  return `${row}.state = 'refused' and exists (select from aps_fleet.rollout_record r
    where (r.run, r.account, r.region, r.project_id, r.server_group_id)
      = (${row}.run, ${row}.account, ${row}.region, ${row}.project_id, ${row}.server_group_id))`;
}

/** The condition that no other run moves the group of a row, or has left it half-way. */
export const groupIsFree = `not exists (select from aps_fleet.rollout n
  where (n.account, n.region, n.project_id, n.server_group_id) = (o.account, o.region, o.project_id, o.server_group_id)
    and n.run <> o.run and (n.state = 'rolling' or (${isRefusedHalfWay("n")})))`;

/** The values of a key, in the order in which {@link isRollout} takes them. */
export function keyValues({ run, account, region, projectId, serverGroupId }: RolloutKey): readonly string[] {
  return [run, account, region, projectId, serverGroupId];
}
