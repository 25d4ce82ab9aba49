import { serviceRefusal } from "../http/refusal.ts";
import { lookAt } from "../jobs/advance.ts";
import { subJobView } from "../jobs/view.ts";
import { isAboutJob } from "../views/jobs.ts";
import { writeRecord } from "../views/write-record.ts";
import { fits, type Part, partsOf } from "./job-parts.ts";
import { knownText } from "./known-text.ts";
import type { Handler } from "./operation.ts";
import { countOf, page } from "./page.ts";

/** Sub-jobs by type, state and job. */
export const listImageSubJobs: Handler = (call) => {
  const { project, query, view } = call;
  const types = query.job_type === "" ? [] : [knownText(query.job_type)];
  const walk = partsOf(view, project, "image", query.job_id);
  const { count, items } = page(call, walk, fits(types, query.status), ({ subJob }) => subJob.id);
  const written = items.map(({ job, subJob }) => writeRecord(view, isAboutJob(job), subJobView(project, job, subJob)));
  for (const id of new Set(items.map(({ job }) => job.id))) lookAt(call, project, { id });
  return { status: 200, body: { count, items: written } };
};

/** The number of sub-jobs; several types are separated by commas. */
export const countImageSubJobs: Handler = (call) => {
  const { project, query, view } = call;
  const types = ((query.job_type as string | undefined) ?? "").split(",").filter(Boolean).map(knownText);
  const count = countOf(partsOf(view, project, "image", query.job_id), fits(types, query.status));
  for (const job of [...project.activeJobs]) if (job.family === "image") lookAt(call, project, job);
  return { status: 200, body: { count } };
};

/**
 * Deletes the records of sub-jobs. Unknown ids are ignored. One in a state that the contract does not list refuses the
 * whole call, which is this emulator's reading of an undocumented case.
 */
export const batchDeleteImageSubJobs: Handler = ({ route, project, body, nowMs }) => {
  const ids = new Set((body as { items: readonly string[] }).items);
  const allowed = route.preconditions.subJob ?? [];
  const chosen: Part[] = [];
  partsOf(
    { nowMs, distortions: [] },
    project,
    "image",
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
