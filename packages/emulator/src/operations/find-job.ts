import { serviceRefusal } from "../http/refusal.ts";
import type { JobRecord } from "../world/state.ts";
import type { Call } from "./operation.ts";

/**
 * The job that the path names.
 *
 * @throws Refusal 404 when there is none.
 */
export function findJob({ route, project, path }: Call): JobRecord {
  const job = project.jobs.get(path.job_id as string);
  if (job === undefined) throw serviceRefusal(route, 404, `There is no job ${path.job_id}.`);
  return job;
}
