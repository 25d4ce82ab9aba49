import { serviceRefusal } from "../http/refusal.ts";
import { lookAt } from "../jobs/advance.ts";
import { subJobView } from "../jobs/view.ts";
import type { JobRecord, ProjectState, SubJobRecord } from "../world/state.ts";
import { knownText } from "./known-text.ts";
import type { Handler } from "./operation.ts";
import { countOf, page, type Walk } from "./page.ts";

interface Part {
  readonly job: JobRecord;
  readonly subJob: SubJobRecord;
}

/** Sub-jobs by type, state and job. */
export const listImageSubJobs: Handler = ({ state, project, query, pace, nowMs }) => {
  const types = query.job_type === "" ? [] : [knownText(query.job_type)];
  const { count, items } = page(partsOf(project, query.job_id), query, fits(types, query.status));
  const body = { count, items: items.map(({ job, subJob }) => subJobView(project, job, subJob)) };
  for (const job of new Set(items.map(({ job }) => job))) lookAt(state, project, job, pace, nowMs);
  return { status: 200, body };
};

/** The number of sub-jobs; several types are separated by commas. */
export const countImageSubJobs: Handler = ({ state, project, query, pace, nowMs }) => {
  const types = ((query.job_type as string | undefined) ?? "").split(",").filter(Boolean).map(knownText);
  const count = countOf(partsOf(project, query.job_id), fits(types, query.status));
  for (const job of [...project.activeJobs]) lookAt(state, project, job, pace, nowMs);
  return { status: 200, body: { count } };
};

/**
 * Deletes the records of sub-jobs. Unknown ids are ignored. One in a state that the contract does not list refuses the
 * whole call, which is this emulator's reading of an undocumented case.
 */
export const batchDeleteImageSubJobs: Handler = ({ route, project, body }) => {
  const ids = new Set((body as { items: readonly string[] }).items);
  const allowed = route.preconditions.subJob ?? [];
  const chosen: Part[] = [];
  partsOf(
    project,
    undefined,
  )((part) => {
    if (ids.has(part.subJob.id)) chosen.push(part);
  });
  for (const { subJob } of chosen) {
    if (allowed.includes(subJob.status)) continue;
    throw serviceRefusal(route, 400, `Sub-job ${subJob.id} is ${subJob.status}; it must be ${allowed.join(" or ")}.`);
  }
  for (const { subJob } of chosen) subJob.deleted = true;
  return { status: 200 };
};

/** The sub-jobs of one job, or of all, whose records have not been deleted. */
function partsOf(project: ProjectState, jobId: unknown): Walk<Part> {
  return (visit) => {
    const show = (job: JobRecord) => {
      for (const subJob of job.subJobs) if (!subJob.deleted) visit({ job, subJob });
    };
    if (typeof jobId !== "string" || jobId === "") return project.jobs.forEach(show);
    const job = project.jobs.get(jobId);
    if (job !== undefined) show(job);
  };
}

function fits(types: readonly string[], status: unknown): (part: Part) => boolean {
  const wanted = knownText(status);
  return ({ job, subJob }) =>
    (types.length === 0 || types.includes(job.type)) && (wanted === "" || subJob.status === wanted);
}
