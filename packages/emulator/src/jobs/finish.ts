import { job as facts } from "../generated/contract.ts";
import { serviceTime } from "../world/clock.ts";
import type { JobRecord, ProjectState, ServerRecord, State, SubJobRecord } from "../world/state.ts";
import { fillIn } from "../world/state.ts";
import type { JobType } from "./start.ts";

const [done] = facts.states.done;
const [failed] = facts.states.failed;

/** Ends a job: with its result, or with the failure that a fault gave it. */
export function finish(state: State, project: ProjectState, job: JobRecord, atMs: number): void {
  const failure = job.fate !== undefined && "fail" in job.fate ? job.fate.fail : undefined;
  job.status = failure === undefined ? done : failed;
  job.endedAtMs = atMs;
  for (const subJob of job.subJobs) {
    subJob.status = job.status;
    subJob.endedAtMs = atMs;
    if (failure === undefined) succeed[job.type as JobType](state, project, subJob, atMs);
    else fail(project, job, subJob, failure, atMs);
  }
}

type Effect = (state: State, project: ProjectState, subJob: SubJobRecord, atMs: number) => void;

const succeed: Record<JobType, Effect> = {
  CREATE_SERVER(state, project, subJob, atMs) {
    const server = project.servers.get(subJob.serverId);
    if (server === undefined) return;
    fillIn(state.ids, server, atMs);
    subJob.resourceId = server.id;
    settle(server, facts.kinds.CREATE_SERVER.server.after, atMs);
  },
  CREATE_SERVER_IMAGE(state, project, subJob, atMs) {
    const id = state.ids.uuid();
    const { serverId, resourceName: name } = subJob;
    project.images.set(id, { id, name, serverId, createdAtMs: atMs });
    subJob.resourceId = id;
    const server = project.servers.get(serverId);
    if (server === undefined) return;
    server.image_id = id;
    settle(server, facts.kinds.CREATE_SERVER_IMAGE.server.after, atMs);
  },
  DELETE_SERVER(_state, project, subJob) {
    subJob.resourceId = subJob.serverId;
    project.servers.delete(subJob.serverId);
    project.attachedApps.delete(subJob.serverId);
  },
};

/** What a server becomes after a failed job is not documented; ERROR is this emulator's choice, BUILT after an image. */
function fail(
  project: ProjectState,
  job: JobRecord,
  subJob: SubJobRecord,
  failure: { readonly code: string; readonly message: string },
  atMs: number,
): void {
  subJob.errorCode = failure.code;
  subJob.errorMessage = failure.message;
  const server = project.servers.get(subJob.serverId);
  if (server === undefined) return;
  settle(server, job.type === "CREATE_SERVER_IMAGE" ? facts.kinds.CREATE_SERVER_IMAGE.server.after : "ERROR", atMs);
}

function settle(server: ServerRecord, status: string, atMs: number): void {
  server.status = status;
  server.update_time = serviceTime(atMs);
}
