import type { Database } from "../database/database.ts";
import type { Place } from "../place.ts";
import { groupIsFree, type RolloutKey } from "../rollouts/rollout.ts";

/** Sends the queues what they need. A job that is there already is not sent twice. */
export interface Senders {
  readonly startsPerProject: number;
  /** After how long an image that is still in doubt is looked at again, in milliseconds. */
  readonly lookAgainMs: number;
  sendLane(place: Place, lane: number): Promise<void>;
  sendLook(place: Place): Promise<void>;
  sendRoll(key: RolloutKey): Promise<void>;
}

interface OpenWork extends Place {
  readonly queued: number;
  readonly jobs: number;
  /** Lanes in which something was left. */
  readonly lanes: readonly number[] | null;
}

/**
 * Gives every place with open images its lanes and its look. The images are the truth and the queue follows from them, so that a
 * queue which was lost with the database is made again.
 */
export async function sweep(
  database: Database,
  { startsPerProject, lookAgainMs, sendLane, sendLook, sendRoll }: Senders,
): Promise<void> {
  const open = await database.rows<OpenWork>(
    `select i.account, i.region, i.project_id as "projectId",
            (count(*) filter (where i.state = 'queued' or (i.state = 'in doubt' and i.claim is null and i.changed_at < now() - $1 * interval '1 millisecond')))::int as queued,
            (count(*) filter (where i.state = 'job'))::int as jobs,
            array_agg(distinct i.lane) filter (where i.lane is not null) as lanes
       from aps_fleet.image i join aps_fleet.run r on r.id = i.run
      where i.state in ('in doubt', 'job')
         or (i.state = 'queued' and r.cancelled_at is null and r.approval <> 'needed')
      group by 1, 2, 3`,
    [lookAgainMs],
  );
  for (const { queued, jobs, lanes, ...place } of open) {
    const some = Array.from({ length: Math.min(queued, startsPerProject) }, (_, index) => index + 1);
    for (const lane of new Set([...some, ...(lanes ?? [])])) await sendLane(place, lane);
    if (jobs > 0) await sendLook(place);
  }
  for (const key of await database.rows<RolloutKey>(ready)) await sendRoll(key);
}

/** Rollouts that can be brought on: the image has come to its end, or the plan is approved and no other run moves the group. */
const ready = `
select o.run, o.account, o.region, o.project_id as "projectId", o.server_group_id as "serverGroupId"
  from aps_fleet.rollout o join aps_fleet.image i
    on (i.run, i.account, i.region, i.project_id, i.server_id) = (o.run, o.account, o.region, o.project_id, o.server_id)
 where (o.state = 'waiting' and i.state in ('made', 'failed', 'refused', 'cancelled'))
    or o.state = 'rolling'
    or (o.state = 'approved' and ${groupIsFree})`;
