import { serviceRefusal } from "../http/refusal.ts";
import type { JobFamily } from "../jobs/kinds.ts";
import { seeJob } from "../views/jobs.ts";
import type { JobRecord } from "../world/state.ts";
import type { Call } from "./operation.ts";

/**
 * The job that the path names, as the call sees it.
 *
 * @throws Refusal 404 when there is none.
 */
export function findJob({ route, project, path, view }: Call, family: JobFamily): JobRecord {
  const job = project.jobs.get(path.job_id as string);
  const seen = job?.family !== family ? undefined : seeJob(view, project, job);
  if (seen === undefined) throw serviceRefusal(route, 404, `There is no job ${path.job_id}.`);
  return seen;
}
