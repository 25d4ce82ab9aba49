import type { Session } from "../database/database.ts";
import { RunError } from "../runs/run-error.ts";
import type { FleetRollout } from "./rollout.ts";

/** Writes down the rollouts of a run that is new. They were checked. */
export async function submitRollouts(session: Session, run: string, rollouts: readonly FleetRollout[]): Promise<void> {
  if (rollouts.length === 0) return;
  await session.change(
    `insert into aps_fleet.rollout (run, account, region, project_id, server_group_id, server_id, approval, options, state)
     select $1, g.account, g.region, g.project_id, g.server_group_id, g.server_id, g.approval, g.options, 'waiting'
       from jsonb_to_recordset($2::jsonb) as g(${columns})`,
    [run, rowsOf(rollouts)],
  );
}

/**
 * A run that was submitted is what it was: another rollout under its name would never be made.
 *
 * @throws RunError when the run has other rollouts.
 */
export async function refuseOtherRollouts(
  session: Session,
  run: string,
  rollouts: readonly FleetRollout[],
): Promise<void> {
  const [found] = await session.rows<{ same: number; all: number }>(
    `select (count(g.server_id))::int as same, (count(*))::int as all
       from aps_fleet.rollout o left join jsonb_to_recordset($2::jsonb) as g(${columns})
         on (o.account, o.region, o.project_id, o.server_group_id, o.server_id, o.options)
          = (g.account, g.region, g.project_id, g.server_group_id, g.server_id, g.options)
        and (o.approval = 'not needed') = (g.approval = 'not needed')
      where o.run = $1`,
    [run, rowsOf(rollouts)],
  );
  if (found?.same === rollouts.length && found.all === rollouts.length) return;
  throw new RunError(`Run ${run} is there with other rollouts. Nothing was written. Name a new run.`);
}

const columns =
  "account text, region text, project_id text, server_group_id text, server_id text, approval text, options jsonb";

function rowsOf(rollouts: readonly FleetRollout[]): string {
  return JSON.stringify(
    rollouts.map(({ account = "", region, projectId, serverGroupId, serverId, approval = true, ...options }) => ({
      ...{ account, region, project_id: projectId, server_group_id: serverGroupId, server_id: serverId },
      ...{ approval: approval ? "needed" : "not needed", options },
    })),
  );
}
