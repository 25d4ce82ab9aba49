import type { Database } from "../database/database.ts";
import { literals } from "../database/literals.ts";
import { openImageStates } from "../images/image.ts";
import { openRolloutStates } from "../rollouts/rollout.ts";

/**
 * Removes runs that have ended, with their images, when nothing in them has changed for so long. Jobs that they know are forgotten
 * with them, so this should be far longer than the service lists jobs.
 *
 * @returns how many.
 */
export function removeOld(database: Database, keepMs: number): Promise<number> {
  return database.change(
    `delete from aps_fleet.run r
      where r.created_at < now() - $1 * interval '1 millisecond'
        and not exists (select from aps_fleet.image i where i.run = r.id
          and (i.state in (${literals(openImageStates)}) or i.changed_at > now() - $1 * interval '1 millisecond'))
        and not exists (select from aps_fleet.rollout o where o.run = r.id
          and (o.state in (${literals(openRolloutStates)}) or o.changed_at > now() - $1 * interval '1 millisecond'))`,
    [keepMs],
  );
}
