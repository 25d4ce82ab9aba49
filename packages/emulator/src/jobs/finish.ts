import { job as facts } from "../generated/contract.ts";
import { routeOf } from "../http/router.ts";
import { changeServer, removeServer } from "../world/change-server.ts";
import type { Rules } from "../world/rules.ts";
import { fillIn, type JobRecord, type ProjectState, type State, type SubJobRecord } from "../world/state.ts";
import type { JobType } from "./start.ts";

const [done] = facts.states.done;
const [failed] = facts.states.failed;

/** Ends a job, each of its parts with its result or its failure. It has failed when a part has. */
export function finish(
  { state, rules }: { readonly state: State; readonly rules: Rules },
  project: ProjectState,
  job: JobRecord,
  atMs: number,
): void {
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
      subJob.errorCode = failure.code;
      subJob.errorMessage = failure.message;
      const server = project.servers.get(subJob.serverId);
      // What a server becomes after a failed job is not documented; ERROR is this emulator's choice.
      const status = job.type === "CREATE_SERVER_IMAGE" ? rules.afterFailedImage : "ERROR";
      if (server !== undefined) changeServer(project, server, atMs, { status });
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
    changeServer(project, server, atMs, { status: facts.kinds.CREATE_SERVER.server.after });
    fillIn(state, project, server, atMs);
    subJob.resourceId = server.id;
  },
  CREATE_SERVER_IMAGE(state, project, subJob, atMs) {
    const id = state.ids.uuid();
    const { serverId, resourceName: name } = subJob;
    project.images.set(id, { id, name, serverId, createdAtMs: atMs });
    subJob.resourceId = id;
    const server = project.servers.get(serverId);
    if (server === undefined) return;
    changeServer(project, server, atMs, { image_id: id, status: facts.kinds.CREATE_SERVER_IMAGE.server.after });
  },
  DELETE_SERVER(_state, project, subJob, atMs) {
    subJob.resourceId = subJob.serverId;
    removeServer(project, subJob.serverId, atMs);
    project.attachedApps.delete(subJob.serverId);
  },
};
