import { job as facts } from "../generated/contract.ts";
import type { JobRecord, ProjectState } from "../world/state.ts";
import { effectsOn, isHidden, seenAtMs, type View } from "./view.ts";

const [waiting, running] = facts.states.waiting;
const [done] = facts.states.done;

/** A job as a call sees it; undefined when it sees none. */
export function seeJob(view: View, project: ProjectState, job: JobRecord): JobRecord | undefined {
  if (view.distortions.length === 0) return job;
  const isAbout = isAboutJob(job);
  const seen = jobAt(job, seenAtMs(view, isAbout));
  if (seen === undefined || isHidden(view, isAbout, { madeAtMs: seen.createdAtMs, endedAtMs: seen.endedAtMs }))
    return undefined;
  return renamed(view, project, withoutResult(view, seen));
}

/** The jobs that a call sees, in the order of their creation. */
export function seeJobs(view: View, project: ProjectState): (visit: (job: JobRecord) => void) => void {
  if (view.distortions.length === 0) return (visit) => project.jobs.forEach(visit);
  const seen = [...project.jobs.values()].flatMap((job) => seeJob(view, project, job) ?? []);
  return (visit) => seen.forEach(visit);
}

/** Whether a job is the resource, works on it, or has made it. */
export function isAboutJob({ id, subJobs }: JobRecord): (resource: string) => boolean {
  return (resource) =>
    resource === id ||
    subJobs.some((part) => part.serverId === resource || part.resourceId === resource || part.id === resource);
}

/** A job as it was at a time. */
function jobAt(job: JobRecord, atMs: number): JobRecord | undefined {
  if (atMs < job.createdAtMs) return undefined;
  const isOver = job.endedAtMs !== undefined && atMs >= job.endedAtMs;
  if (isOver) return job;
  const isRunning = job.startedAtMs !== undefined && atMs >= job.startedAtMs;
  if (job.endedAtMs === undefined && isRunning) return job;
  const status = isRunning ? running : waiting;
  const subJobs = job.subJobs.map((part) => ({
    ...part,
    status,
    endedAtMs: undefined,
    resourceId: "",
    errorCode: "",
    errorMessage: "",
  }));
  return { ...job, status, endedAtMs: undefined, subJobs };
}

function withoutResult(view: View, job: JobRecord): JobRecord {
  const { endedAtMs } = job;
  if (job.status !== done || endedAtMs === undefined) return job;
  const late = effectsOn(view, "lateResult", isAboutJob(job)).filter(({ ms }) => view.nowMs < endedAtMs + ms);
  if (late.length === 0) return job;
  if (late.some(({ lacks }) => lacks === "part")) return { ...job, subJobs: [] };
  return { ...job, subJobs: job.subJobs.map((part) => ({ ...part, resourceId: "" })) };
}

function renamed(view: View, project: ProjectState, job: JobRecord): JobRecord {
  const [effect] = effectsOn(view, "name", isAboutJob(job));
  if (effect === undefined) return job;
  const nameOf = ({ serverId, resourceName }: JobRecord["subJobs"][number]) =>
    effect.form === "upper" ? resourceName.toUpperCase() : (project.servers.get(serverId)?.name ?? resourceName);
  return { ...job, subJobs: job.subJobs.map((part) => ({ ...part, resourceName: nameOf(part) })) };
}
