import { job as facts } from "../generated/contract.ts";
import type { JobRecord, ProjectState, State } from "../world/state.ts";
import { finish } from "./finish.ts";
import type { JobType } from "./start.ts";

/** How jobs go on: with the emulator's clock, a step at every look, or at once. */
export type JobPace = "clock" | "poll" | "instant";

const [waiting, running] = facts.states.waiting;
/** The vendor's example job was picked up 1.1 seconds after it was made. */
const waitingMs = 1_100;

/** Brings the jobs of a project up to date with the clock, in the order in which they end. */
export function advanceJobs(state: State, project: ProjectState, pace: JobPace, nowMs: number): void {
  if (project.activeJobs.size === 0 || pace === "poll") return;
  const due: JobRecord[] = [];
  for (const job of project.activeJobs) {
    if (pace === "instant" || nowMs >= endOf(job)) due.push(job);
    else if (nowMs >= job.createdAtMs + waitingMs) pickUp(state, job);
  }
  due.sort((a, b) => endOf(a) - endOf(b));
  for (const job of due) end(state, project, job, pace === "instant" ? job.createdAtMs : endOf(job));
}

/** Moves the jobs on that work on an image server, because somebody looks at it, where jobs advance so. */
export function lookAtServer(state: State, project: ProjectState, id: string, pace: JobPace, nowMs: number): void {
  if (pace !== "poll") return;
  for (const job of [...project.activeJobs]) {
    if (job.subJobs.some(({ serverId }) => serverId === id)) lookAt(state, project, job, pace, nowMs);
  }
}

/** Moves a job on by one step because somebody looks at it, where jobs advance so. */
export function lookAt(state: State, project: ProjectState, job: JobRecord, pace: JobPace, nowMs: number): void {
  if (pace !== "poll" || !project.activeJobs.has(job)) return;
  job.looks += 1;
  state.changes += 1;
  if (job.looks >= 2) pickUp(state, job);
  if (job.looks >= 3) end(state, project, job, nowMs);
}

/** What waits runs; the sub-jobs of a job that hangs show the state in which they stay. */
function pickUp(state: State, job: JobRecord): void {
  if (job.status !== waiting) return;
  const { subJobStatus = running } = job.fate !== undefined && "hang" in job.fate ? job.fate : {};
  state.changes += 1;
  job.status = running;
  for (const subJob of job.subJobs) subJob.status = subJobStatus;
}

function end(state: State, project: ProjectState, job: JobRecord, atMs: number): void {
  if (job.fate !== undefined && "hang" in job.fate) {
    pickUp(state, job);
    return;
  }
  state.changes += 1;
  project.activeJobs.delete(job);
  finish(state, project, job, atMs);
}

function endOf(job: JobRecord): number {
  return job.createdAtMs + facts.kinds[job.type as JobType].typicalSeconds * 1000;
}
