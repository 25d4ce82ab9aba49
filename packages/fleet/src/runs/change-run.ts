import type { Database, Session } from "../database/database.ts";
import { isRefusedHalfWay } from "../rollouts/rollout.ts";
import { RunError } from "./run-error.ts";

/** Which images to try once more; see {@link retry}. Left out is not tried. */
export interface RetryChoice {
  readonly failed?: boolean | undefined;
  readonly refused?: boolean | undefined;
}

/**
 * Lets a run begin that waits for an approval.
 *
 * @param by who approves; noted.
 * @returns how many images may now be started; 0 when it was approved before.
 * @throws RunError when there is no such run, or it was cancelled.
 */
export function approve(database: Database, run: string, by: string): Promise<number> {
  return database.transaction(async (session) => {
    const { cancelledAt } = await lockRun(session, run);
    if (cancelledAt !== null) throw new RunError(`Run ${run} was cancelled at ${cancelledAt.toISOString()}.`);
    await session.change(
      "update aps_fleet.run set approval = 'given', approved_by = $2, approved_at = now() where id = $1 and approval = 'needed'",
      [run, by],
    );
    return setState(session, run, "waiting", "queued");
  });
}

/**
 * Ends a run: what was not sent never is. Jobs that the service works on go on, and are followed to their end; so do rollouts that
 * have begun. One that was refused half-way goes on no more, and leaves its group to others.
 *
 * @param by who cancels; noted.
 * @returns how many images are not made because of it.
 * @throws RunError when there is no such run.
 */
export function cancel(database: Database, run: string, by: string): Promise<number> {
  return database.transaction(async (session) => {
    await lockRun(session, run);
    await session.change(
      "update aps_fleet.run set cancelled_by = $2, cancelled_at = now() where id = $1 and cancelled_at is null",
      [run, by],
    );
    await session.change(
      "update aps_fleet.rollout set state = 'cancelled', changed_at = now() where run = $1 and state in ('waiting', 'planned', 'approved')",
      [run],
    );
    await session.change(
      `update aps_fleet.rollout o set state = 'stopped', changed_at = now() where o.run = $1 and ${isRefusedHalfWay("o")}`,
      [run],
    );
    return (
      (await setState(session, run, "waiting", "cancelled")) + (await setState(session, run, "queued", "cancelled"))
    );
  });
}

/**
 * Queues images of a run once more.
 *
 * @returns how many.
 * @throws RunError when there is no such run, or it was cancelled.
 */
export function retry(database: Database, run: string, choice: RetryChoice): Promise<number> {
  return database.transaction(async (session) => {
    const { cancelledAt } = await lockRun(session, run);
    if (cancelledAt !== null) throw new RunError(`Run ${run} was cancelled at ${cancelledAt.toISOString()}.`);
    let queued = 0;
    for (const state of ["failed", "refused"] as const) {
      if (choice[state]) queued += await setState(session, run, state, "queued");
    }
    return queued;
  });
}

async function lockRun(session: Session, run: string): Promise<{ readonly cancelledAt: Date | null }> {
  const [found] = await session.rows<{ cancelledAt: Date | null }>(
    `select cancelled_at as "cancelledAt" from aps_fleet.run where id = $1 for update`,
    [run],
  );
  if (found === undefined) throw new RunError(`There is no run ${run}.`);
  return found;
}

function setState(session: Session, run: string, from: string, to: string): Promise<number> {
  return session.change(
    `update aps_fleet.image set state = $3, lane = null, claim = null, job_id = case when $3 = 'queued' then null else job_id end,
        failures = null, changed_at = now()
      where run = $1 and state = $2`,
    [run, from, to],
  );
}
