import type { Session } from "../database/database.ts";
import { RunError } from "../runs/run-error.ts";
import { isRefusedHalfWay, type RolloutRow, rolloutColumns } from "./rollout.ts";

/** Which rollouts of a run are meant, and who says so. */
export interface RolloutChoice {
  /** Default: all of the run. */
  readonly serverGroupId?: string | undefined;
  /** Noted. */
  readonly by: string;
}

/** The rollouts of a run, by group. */
export function rolloutsOf(session: Session, run: string): Promise<RolloutRow[]> {
  return session.rows<RolloutRow>(
    `select ${rolloutColumns} from aps_fleet.rollout o where o.run = $1
      order by o.account, o.region, o.project_id, o.server_group_id`,
    [run],
  );
}

/**
 * Lets rollouts begin whose plans wait for an approval.
 *
 * @returns how many; 0 when they were approved before.
 * @throws RunError when the run has no such rollout.
 */
export function approveRollouts(session: Session, run: string, { by, serverGroupId }: RolloutChoice): Promise<number> {
  return change(session, run, serverGroupId, {
    set: "state = 'approved', approval = 'given', approved_by = $3, approved_at = now()",
    where: "o.state = 'planned'",
    by,
  });
}

/**
 * Takes rollouts up again that were refused. One of which nothing was begun is planned anew, and approved anew. One that was refused
 * half-way goes on from its journal with its plan, whichever way it went.
 *
 * @returns how many.
 * @throws RunError when the run has no such rollout.
 */
export function planAgain(session: Session, run: string, { by, serverGroupId }: RolloutChoice): Promise<number> {
  return change(session, run, serverGroupId, {
    set: `${whenBegun("'approved'", "'waiting'", "state")}, ${whenBegun("o.plan", "null", "plan")},
          ${whenBegun("'Taken up again by ' || $3", "'Planned anew by ' || $3", "reason")},
          ${whenBegun("o.approval", "case when o.approval = 'given' then 'needed' else o.approval end", "approval")}`,
    where: "o.state = 'refused'",
    by,
  });
}

/**
 * Sends rollouts back to the image from before, whether they have ended or not. One that a worker has in hand turns at its next
 * step. Whoever asks for it approves it.
 *
 * @returns how many.
 * @throws RunError when the run has no such rollout.
 */
export function rollBackRollouts(session: Session, run: string, { by, serverGroupId }: RolloutChoice): Promise<number> {
  return change(session, run, serverGroupId, {
    // Without its claim the worker that has it ends, and the next one goes back.
    set: "state = 'approved', direction = 'back', claim = null, approved_by = $3, approved_at = now()",
    where: `o.direction = 'forward' and (o.state in ('rolling', 'done', 'incomplete', 'stopped') or (${isRefusedHalfWay("o")}))`,
    by,
  });
}

/** Sets a column to one value where a rollout was refused half-way, and to another where nothing was begun. */
function whenBegun(value: string, other: string, column: string): string {
  return `${column} = case when ${isRefusedHalfWay("o")} then ${value} else ${other} end`;
}

async function change(
  session: Session,
  run: string,
  serverGroupId: string | undefined,
  { set, where, by }: { readonly set: string; readonly where: string; readonly by: string },
): Promise<number> {
  const [found] = await session.rows<{ count: number }>(
    "select count(*)::int as count from aps_fleet.rollout o where o.run = $1 and ($2::text is null or o.server_group_id = $2)",
    [run, serverGroupId ?? null],
  );
  if (found?.count === 0)
    throw new RunError(
      `Run ${run} has no rollout${serverGroupId === undefined ? "" : ` of server group ${serverGroupId}`}.`,
    );
  return session.change(
    `update aps_fleet.rollout o set ${set}, changed_at = now()
      where o.run = $1 and ($2::text is null or o.server_group_id = $2) and ${where}`,
    [run, serverGroupId ?? null, by],
  );
}
