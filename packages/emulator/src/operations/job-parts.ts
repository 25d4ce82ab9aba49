import type { JobFamily } from "../jobs/kinds.ts";
import { seeJob } from "../views/jobs.ts";
import type { View } from "../views/view.ts";
import type { JobRecord, ProjectState, SubJobRecord } from "../world/state.ts";
import { knownText } from "./known-text.ts";
import type { Walk } from "./page.ts";

/** A part of a job, with the job. */
export interface Part {
  readonly job: JobRecord;
  readonly subJob: SubJobRecord;
}

/** The sub-jobs of one job, or of all of a family, whose records have not been deleted. */
export function partsOf(view: View, project: ProjectState, family: JobFamily, jobId: unknown): Walk<Part> {
  return (visit) => {
    const show = (live: JobRecord) => {
      const job = live.family === family ? seeJob(view, project, live) : undefined;
      if (job === undefined) return;
      for (const subJob of job.subJobs) if (!subJob.deleted) visit({ job, subJob });
    };
    if (typeof jobId !== "string" || jobId === "") return project.jobs.forEach(show);
    const job = project.jobs.get(jobId);
    if (job !== undefined) show(job);
  };
}

/** Whether a part is of one of these types, and in this state; empty stands for any. */
export function fits(types: readonly string[], status: unknown): (part: Part) => boolean {
  const wanted = knownText(status);
  return ({ job, subJob }) =>
    (types.length === 0 || types.includes(job.type)) && (wanted === "" || subJob.status === wanted);
}
