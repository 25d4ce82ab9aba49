import type { Session } from "../database/database.ts";
import { literals } from "../database/literals.ts";
import { type ImageState, openImageStates } from "../images/image.ts";
import type { Place } from "../place.ts";

/** A project, and what the fleet does there. */
export interface ProjectStatus extends Place {
  /** How many images of open runs are in which state. */
  readonly counts: Readonly<Partial<Record<ImageState, number>>>;
  /** The runs that are open there. */
  readonly runs: readonly string[];
  /** Until when nothing is started there, because the service throttles it; null when it does not. */
  readonly restUntil: Date | null;
}

const open = literals(openImageStates);

/** The projects in which something is open, or the service throttles. */
export function listProjects(session: Session): Promise<ProjectStatus[]> {
  return session.rows<ProjectStatus>(
    `select i.account, i.region, i.project_id as "projectId", jsonb_object_agg(i.state, i.images) as counts,
            (select array_agg(distinct run order by run) from aps_fleet.image o
              where (o.account, o.region, o.project_id) = (i.account, i.region, i.project_id)
                and o.state in (${open})) as runs,
            max(p.rest_until) as "restUntil"
       from (select account, region, project_id, state, count(*) as images from aps_fleet.image
              where run in (select run from aps_fleet.image where state in (${open}))
              group by account, region, project_id, state) as i
       left join aps_fleet.place p on (p.account, p.region, p.project_id) = (i.account, i.region, i.project_id)
        and p.rest_until > now()
      group by i.account, i.region, i.project_id
     having bool_or(i.state in (${open}))
      order by i.account, i.region, i.project_id`,
  );
}
