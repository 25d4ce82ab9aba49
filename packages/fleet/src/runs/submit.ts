import type { Session } from "../database/database.ts";
import { type FleetRunImage, placeOf } from "../images/image.ts";
import { checkRollouts } from "../rollouts/check-rollouts.ts";
import type { FleetRollout } from "../rollouts/rollout.ts";
import { refuseOtherRollouts, submitRollouts } from "../rollouts/submit-rollouts.ts";
import { checkRunImages } from "./check-images.ts";
import { RunError } from "./run-error.ts";

/** How to submit a run. */
export interface SubmitOptions {
  /** Whether somebody has to approve it before anything is sent. Default: false. */
  readonly approval?: boolean | undefined;
  /** Groups of servers that get an image of the run when it is made. Default: none. */
  readonly rollouts?: readonly FleetRollout[] | undefined;
  /** Name of the schedule that submits it. */
  readonly schedule?: string | undefined;
}

/** What a submission has added. */
export interface Submitted {
  readonly run: string;
  /** Images that were added; 0 when the run was there. */
  readonly added: number;
}

/**
 * Writes down a run. It is checked as a whole before a row is written. The same run once more adds nothing.
 *
 * @throws RunError when an image breaks a rule, or the run is there with other images.
 */
export async function submit(
  session: Session,
  run: string,
  images: readonly FleetRunImage[],
  { approval = false, rollouts = [], schedule }: SubmitOptions,
): Promise<Submitted> {
  checkRunImages(run, images);
  checkRollouts(run, rollouts, images);
  const isNew = await session.change(
    "insert into aps_fleet.run (id, approval, schedule) values ($1, $2, $3) on conflict do nothing",
    [run, approval ? "needed" : "not needed", schedule ?? null],
  );
  const rows = JSON.stringify(images.map((image) => rowOf(image)));
  if (isNew === 0) {
    await refuseOther(session, run, rows, images.length);
    await refuseOtherRollouts(session, run, rollouts);
    return { run, added: 0 };
  }
  const added = await session.change(
    `insert into aps_fleet.image (run, account, region, project_id, server_id, name, description, execute_sysprep, state)
     select $1, account, region, project_id, server_id, name, description, execute_sysprep, $3
       from jsonb_to_recordset($2::jsonb) as i(${columns})`,
    [run, rows, approval ? "waiting" : "queued"],
  );
  await submitRollouts(session, run, rollouts);
  return { run, added };
}

const columns =
  "account text, region text, project_id text, server_id text, name text, description text, execute_sysprep boolean";

function rowOf(image: FleetRunImage) {
  const { account, region, projectId } = placeOf(image);
  const { serverId, name, description, executeSysprep } = image;
  return {
    ...{ account, region, name, description },
    project_id: projectId,
    server_id: serverId,
    execute_sysprep: executeSysprep,
  };
}

/** A run that was submitted is what it was: other images under its name would never be made. */
async function refuseOther(session: Session, run: string, rows: string, count: number): Promise<void> {
  const [found] = await session.rows<{ same: number; all: number }>(
    `select (count(g.server_id))::int as same, (count(i.server_id))::int as all
       from aps_fleet.image i left join jsonb_to_recordset($2::jsonb) as g(${columns})
         on (i.account, i.region, i.project_id, i.server_id, i.name) = (g.account, g.region, g.project_id, g.server_id, g.name)
        and i.description is not distinct from g.description
        and i.execute_sysprep is not distinct from g.execute_sysprep
      where i.run = $1`,
    [run, rows],
  );
  if (found?.same === count && found.all === count) return;
  throw new RunError(
    `Run ${run} is there with other images: ${found?.all ?? 0}, of which ${found?.same ?? 0} are the same. Nothing was written. Name a new run.`,
  );
}
