import { job as facts } from "../generated/contract.ts";
import { routeOf } from "../http/router.ts";
import { serviceTime } from "../world/clock.ts";
import type { JobRecord, ProjectState, ServerRecord, State, SubJobRecord } from "../world/state.ts";
import { fillIn } from "../world/state.ts";
import type { JobType } from "./start.ts";

const [done] = facts.states.done;
const [failed] = facts.states.failed;

/** Ends a job, each of its parts with its result or its failure. It has failed when a part has. */
export function finish(state: State, project: ProjectState, job: JobRecord, atMs: number): void {
  job.endedAtMs = atMs;
  job.status = done;
  for (const subJob of job.subJobs) {
    const failure = fatedFailure(job, subJob) ?? changedLinks(project, job, subJob);
    subJob.status = failure === undefined ? done : failed;
    subJob.endedAtMs = atMs;
    if (failure === undefined) {
      succeed[job.type as JobType](state, project, subJob, atMs);
      if (job.recursive) project.machinery.delete(subJob.serverId);
    } else {
      job.status = failed;
      fail(project, job, subJob, failure, atMs);
    }
  }
}

interface Failure {
  readonly code: string;
  readonly message: string;
}

function fatedFailure({ fate }: JobRecord, { serverId }: SubJobRecord): Failure | undefined {
  if (fate === undefined || !("fail" in fate)) return undefined;
  const { servers } = fate.fail;
  return servers === undefined || servers.includes(serverId) ? fate.fail : undefined;
}

/** What is behind an image server can be deleted with it only as long as nobody has changed it. */
function changedLinks(project: ProjectState, job: JobRecord, { serverId }: SubJobRecord): Failure | undefined {
  if (!job.recursive || project.machinery.has(serverId) || !project.servers.has(serverId)) return undefined;
  // Which code the real service gives is unknown. This is the one of an operation that failed.
  const { examples } = routeOf(facts.kinds.DELETE_SERVER.startedBy);
  const { error_code: code } = examples[500] as { readonly error_code: string };
  return { code, message: `What is behind image server ${serverId} was changed, so it cannot be deleted with it.` };
}

type Effect = (state: State, project: ProjectState, subJob: SubJobRecord, atMs: number) => void;

const succeed: Record<JobType, Effect> = {
  CREATE_SERVER(state, project, subJob, atMs) {
    const server = project.servers.get(subJob.serverId);
    if (server === undefined) return;
    fillIn(state, project, server, atMs);
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
function fail(project: ProjectState, job: JobRecord, subJob: SubJobRecord, failure: Failure, atMs: number): void {
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
