import { serviceRefusal } from "../http/refusal.ts";
import { lookAt } from "../jobs/advance.ts";
import { subJobView } from "../jobs/view.ts";
import type { JobRecord, ProjectState, SubJobRecord } from "../world/state.ts";
import type { Handler } from "./operation.ts";
import { page } from "./page.ts";

interface Part {
  readonly job: JobRecord;
  readonly subJob: SubJobRecord;
}

/** Sub-jobs by type, state and job. */
export const listImageSubJobs: Handler = ({ state, project, query, pace, nowMs }) => {
  const type = query.job_type as string;
  const types = type === "" ? [] : [type];
  const { count, items } = page(() => partsOf(project, query.job_id), query, fits(types, query.status));
  const body = { count, items: items.map(({ job, subJob }) => subJobView(project, job, subJob)) };
  for (const job of new Set(items.map(({ job }) => job))) lookAt(state, project, job, pace, nowMs);
  return { status: 200, body };
};

/** The number of sub-jobs; several types are separated by commas. */
export const countImageSubJobs: Handler = ({ state, project, query, pace, nowMs }) => {
  const types = ((query.job_type as string | undefined) ?? "").split(",").filter(Boolean);
  const counted = [...partsOf(project, query.job_id)].filter(fits(types, query.status));
  for (const job of new Set(counted.map(({ job }) => job))) lookAt(state, project, job, pace, nowMs);
  return { status: 200, body: { count: counted.length } };
};

/**
 * Deletes the records of sub-jobs. Unknown ids are ignored. One in a state that the contract does not list refuses the
 * whole call, which is this emulator's reading of an undocumented case.
 */
export const batchDeleteImageSubJobs: Handler = ({ route, project, body }) => {
  const ids = new Set((body as { items: readonly string[] }).items);
  const allowed = route.preconditions.subJob ?? [];
  const chosen = [...partsOf(project, undefined)].filter(({ subJob }) => ids.has(subJob.id));
  for (const { subJob } of chosen) {
    if (allowed.includes(subJob.status)) continue;
    throw serviceRefusal(route, 400, `Sub-job ${subJob.id} is ${subJob.status}; it must be ${allowed.join(" or ")}.`);
  }
  for (const { subJob } of chosen) subJob.deleted = true;
  return { status: 200 };
};

function* partsOf(project: ProjectState, jobId: unknown): Generator<Part> {
  const one = typeof jobId === "string" && jobId !== "" ? project.jobs.get(jobId) : undefined;
  if (jobId && one === undefined) return;
  for (const job of one === undefined ? project.jobs.values() : [one]) {
    for (const subJob of job.subJobs) if (!subJob.deleted) yield { job, subJob };
  }
}

function fits(types: readonly string[], status: unknown): (part: Part) => boolean {
  return ({ job, subJob }) => (types.length === 0 || types.includes(job.type)) && (!status || subJob.status === status);
}
