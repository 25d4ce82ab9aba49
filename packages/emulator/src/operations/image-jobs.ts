import { lookAt } from "../jobs/advance.ts";
import { jobView, subJobView } from "../jobs/view.ts";
import { isAboutJob, seeJobs } from "../views/jobs.ts";
import { writeRecord } from "../views/write-record.ts";
import { findJob } from "./find-job.ts";
import { knownText } from "./known-text.ts";
import type { Handler } from "./operation.ts";
import { page } from "./page.ts";

/** One job with its sub-jobs. */
export const showImageJob: Handler = (call) => {
  const { project, view, path } = call;
  lookAt(call, project, { id: path.job_id as string });
  const job = findJob(call, "image");
  const body = { ...jobView(project, job), sub_jobs: job.subJobs.map((part) => subJobView(project, job, part)) };
  return { status: 200, body: writeRecord(view, isAboutJob(job), body) };
};

/** Jobs by type and state. An empty filter lists all, which is this emulator's reading of an undocumented case. */
export const listImageJobs: Handler = (call) => {
  const { project, query, view } = call;
  const type = knownText(query.job_type);
  const status = knownText(query.status);
  const { count, items } = page(
    call,
    seeJobs(view, project),
    (job) => job.family === "image" && (type === "" || job.type === type) && (status === "" || job.status === status),
    ({ id }) => id,
  );
  const body = { count, items: items.map((job) => writeRecord(view, isAboutJob(job), jobView(project, job))) };
  for (const job of items) lookAt(call, project, job);
  return { status: 200, body };
};
