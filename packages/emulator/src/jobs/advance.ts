import { job as facts } from "../generated/contract.ts";
import type { Rules } from "../world/rules.ts";
import type { JobRecord, ProjectState, State } from "../world/state.ts";
import { finish } from "./finish.ts";
import { durationOf, waitingMs } from "./kinds.ts";
import type { JobPace } from "./pace.ts";

const [waiting, running] = facts.states.waiting;

/** What decides how jobs go on. */
export interface Progress {
  readonly state: State;
  readonly rules: Rules;
  readonly pace: JobPace;
  readonly nowMs: number;
}

/** Brings the jobs of a project up to date with the clock, in the order in which they end. */
export function advanceJobs(progress: Progress, project: ProjectState): void {
  const { state, pace, nowMs } = progress;
  if (project.activeJobs.size === 0 || pace === "poll") return;
  const due: JobRecord[] = [];
  for (const job of project.activeJobs) {
    // Also where nobody looked meanwhile: what is seen with a lag depends on it.
    if (pace === "clock" && nowMs >= job.createdAtMs + waitingMs) pickUp(state, job, job.createdAtMs + waitingMs);
    if (pace === "instant" || nowMs >= endOf(job)) due.push(job);
  }
  due.sort((a, b) => endOf(a) - endOf(b));
  for (const job of due) end(progress, project, job, pace === "instant" ? job.createdAtMs : endOf(job));
}

/** Moves the jobs on that work on an image server, because somebody looks at it, where jobs advance so. */
export function lookAtServer(progress: Progress, project: ProjectState, id: string): void {
  if (progress.pace !== "poll") return;
  for (const job of [...project.activeJobs]) {
    if (job.subJobs.some(({ serverId }) => serverId === id)) lookAt(progress, project, job);
  }
}

/** Moves a job on by one step because somebody looks at it, where jobs advance so. */
export function lookAt(progress: Progress, project: ProjectState, { id }: { readonly id: string }): void {
  const { state, pace, nowMs } = progress;
  const job = project.jobs.get(id);
  if (pace !== "poll" || job === undefined || !project.activeJobs.has(job)) return;
  job.looks += 1;
  state.changes += 1;
  if (job.looks >= 2) pickUp(state, job, nowMs);
  if (job.looks >= 3) end(progress, project, job, nowMs);
}

/** What waits runs; the sub-jobs of a job that hangs show the state in which they stay. */
function pickUp(state: State, job: JobRecord, atMs: number): void {
  if (job.status !== waiting) return;
  const { subJobStatus = running } = job.fate !== undefined && "hang" in job.fate ? job.fate : {};
  state.changes += 1;
  job.status = running;
  job.startedAtMs = atMs;
  for (const subJob of job.subJobs) subJob.status = subJobStatus;
}

function end(progress: Progress, project: ProjectState, job: JobRecord, atMs: number): void {
  const { state } = progress;
  if (job.fate !== undefined && "hang" in job.fate) {
    pickUp(state, job, Math.min(atMs, job.createdAtMs + waitingMs));
    return;
  }
  state.changes += 1;
  project.activeJobs.delete(job);
  finish(progress, project, job, atMs);
}

function endOf(job: JobRecord): number {
  return job.createdAtMs + durationOf(job);
}
