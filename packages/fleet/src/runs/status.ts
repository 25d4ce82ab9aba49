import type { Session } from "../database/database.ts";
import { type ImageRow, type ImageState, imageColumns, openImageStates } from "../images/image.ts";
import { type FleetRolloutState, openRolloutStates } from "../rollouts/rollout.ts";
import { RunError } from "./run-error.ts";

/** A run, and how far its images have come. */
export interface RunStatus {
  readonly run: string;
  readonly createdAt: Date;
  readonly schedule: string | null;
  readonly approval: "not needed" | "needed" | "given";
  readonly approvedBy: string | null;
  readonly approvedAt: Date | null;
  readonly cancelledBy: string | null;
  readonly cancelledAt: Date | null;
  /** How many images are in which state. */
  readonly counts: Readonly<Partial<Record<ImageState, number>>>;
  /** How many rollouts are in which state. */
  readonly rolloutCounts: Readonly<Partial<Record<FleetRolloutState, number>>>;
  /** Whether nothing more will happen: every image is made, failed, refused or cancelled, and so is every rollout. */
  readonly hasEnded: boolean;
}

const runColumns = `r.id as run, r.created_at as "createdAt", r.schedule, r.approval, r.approved_by as "approvedBy",
  r.approved_at as "approvedAt", r.cancelled_by as "cancelledBy", r.cancelled_at as "cancelledAt"`;
const counted = `(select jsonb_object_agg(state, images) from
  (select state, count(*) as images from aps_fleet.image where run = r.id group by state) as c) as counts,
  (select jsonb_object_agg(state, rollouts) from
  (select state, count(*) as rollouts from aps_fleet.rollout where run = r.id group by state) as c) as "rolloutCounts"`;

/** All runs, the newest first. */
export async function listRuns(session: Session, limit = 100): Promise<RunStatus[]> {
  const rows = await session.rows<Omit<RunStatus, "hasEnded">>(
    `select ${runColumns}, ${counted} from aps_fleet.run r order by r.created_at desc, r.id limit $1`,
    [limit],
  );
  return rows.map(withEnd);
}

/** @throws RunError when there is no such run. */
export async function runStatus(session: Session, run: string): Promise<RunStatus> {
  const [row] = await session.rows<Omit<RunStatus, "hasEnded">>(
    `select ${runColumns}, ${counted} from aps_fleet.run r where r.id = $1`,
    [run],
  );
  if (row === undefined) throw new RunError(`There is no run ${run}.`);
  return withEnd(row);
}

/** The images of a run, by server. */
export function imagesOf(session: Session, run: string): Promise<ImageRow[]> {
  return session.rows<ImageRow>(
    `select ${imageColumns} from aps_fleet.image i where i.run = $1 order by i.account, i.region, i.project_id, i.server_id`,
    [run],
  );
}

function withEnd(row: Omit<RunStatus, "hasEnded">): RunStatus {
  const counts = row.counts ?? {};
  const rolloutCounts = row.rolloutCounts ?? {};
  const hasEnded =
    openImageStates.every((state) => !counts[state]) && openRolloutStates.every((state) => !rolloutCounts[state]);
  return { ...row, counts, rolloutCounts, hasEnded };
}
