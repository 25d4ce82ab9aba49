import { lookAt } from "../jobs/advance.ts";
import { jobView, subJobView } from "../jobs/view.ts";
import type { JobRecord } from "../world/state.ts";
import { findJob } from "./find-job.ts";
import { knownText } from "./known-text.ts";
import type { Handler } from "./operation.ts";
import { page } from "./page.ts";

/** One job with its sub-jobs. */
export const showImageJob: Handler = (call) => {
  const { state, project, pace, nowMs } = call;
  const job = findJob(call);
  lookAt(state, project, job, pace, nowMs);
  const subJobs = job.subJobs.map((subJob) => subJobView(project, job, subJob));
  return { status: 200, body: { ...jobView(job), sub_jobs: subJobs } };
};

/** Jobs by type and state. An empty filter lists all, which is this emulator's reading of an undocumented case. */
export const listImageJobs: Handler = ({ state, project, query, pace, nowMs }) => {
  const type = knownText(query.job_type);
  const status = knownText(query.status);
  const { count, items } = page<JobRecord>(
    (visit) => project.jobs.forEach(visit),
    query,
    (job) => (type === "" || job.type === type) && (status === "" || job.status === status),
  );
  const body = { count, items: items.map(jobView) };
  for (const job of items) lookAt(state, project, job, pace, nowMs);
  return { status: 200, body };
};
