import { lookAt } from "../jobs/advance.ts";
import { jobView, serverSubJobView } from "../jobs/view.ts";
import { isAboutJob } from "../views/jobs.ts";
import { writeRecord } from "../views/write-record.ts";
import { findJob } from "./find-job.ts";
import { fits, partsOf } from "./job-parts.ts";
import { knownText } from "./known-text.ts";
import type { Handler } from "./operation.ts";
import { countOf, page } from "./page.ts";

/** One job on application servers, with its sub-jobs. */
export const showJobDetail: Handler = (call) => {
  const { project, view, path } = call;
  lookAt(call, project, { id: path.job_id as string });
  const job = findJob(call, "server");
  const body = { ...jobView(project, job), sub_jobs: job.subJobs.map((part) => serverSubJobView(project, job, part)) };
  return { status: 200, body: writeRecord(view, isAboutJob(job), body) };
};

/** Sub-jobs of jobs on application servers, by type, state and job. */
export const listSubJobs: Handler = (call) => {
  const { project, query, view } = call;
  const types = query.job_type === "" ? [] : [knownText(query.job_type)];
  const walk = partsOf(view, project, "server", query.job_id);
  const { count, items } = page(call, walk, fits(types, query.status), ({ subJob }) => subJob.id);
  const written = items.map(({ job, subJob }) =>
    writeRecord(view, isAboutJob(job), serverSubJobView(project, job, subJob)),
  );
  for (const id of new Set(items.map(({ job }) => job.id))) lookAt(call, project, { id });
  return { status: 200, body: { count, items: written } };
};

/** Their number; several types are separated by commas. */
export const countSubJobs: Handler = (call) => {
  const { project, query, view } = call;
  const types = ((query.job_type as string | undefined) ?? "").split(",").filter(Boolean).map(knownText);
  const count = countOf(partsOf(view, project, "server", query.job_id), fits(types, query.status));
  for (const job of [...project.activeJobs]) if (job.family === "server") lookAt(call, project, job);
  return { status: 200, body: { count } };
};
