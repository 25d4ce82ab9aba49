import { serviceTime } from "../world/clock.ts";
import type { JobRecord, ProjectState, SubJobRecord } from "../world/state.ts";

/** A job as ListImageJobs shows it. A time that there is not yet is left out. */
export function jobView(project: ProjectState, job: JobRecord): Record<string, unknown> {
  return {
    id: job.id,
    job_type: job.type,
    status: job.status,
    begin_time: serviceTime(job.createdAtMs),
    ...(job.endedAtMs === undefined ? {} : { end_time: serviceTime(job.endedAtMs) }),
    // Of all that there are, also where a part is not seen yet.
    sub_jobs_total: project.jobs.get(job.id)?.subJobs.length ?? 0,
  };
}

/** A sub-job as ShowJobDetail and ListSubJobs show it: its failure stands directly on it. */
export function serverSubJobView(project: ProjectState, job: JobRecord, subJob: SubJobRecord): Record<string, unknown> {
  const { job_execute_info: failure, ...view } = subJobView(project, job, subJob);
  return { ...view, ...(failure as object) };
}

/** A sub-job as ShowImageJob and ListImageSubJobs show it. */
export function subJobView(project: ProjectState, job: JobRecord, subJob: SubJobRecord): Record<string, unknown> {
  return {
    id: subJob.id,
    job_id: job.id,
    project_id: project.id,
    job_type: job.type,
    status: subJob.status,
    begin_time: serviceTime(job.createdAtMs),
    ...(subJob.endedAtMs === undefined ? {} : { end_time: serviceTime(subJob.endedAtMs) }),
    job_resource_info: { resource_id: subJob.resourceId, resource_name: subJob.resourceName },
    job_execute_info: { error_code: subJob.errorCode, error_message: subJob.errorMessage },
  };
}
