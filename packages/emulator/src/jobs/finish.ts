import { job as facts } from "../generated/contract.ts";
import { routeOf } from "../http/router.ts";
import type { Rules } from "../world/rules.ts";
import type { JobRecord, ProjectState, State, SubJobRecord } from "../world/state.ts";
import { failOnImageServer, succeedOnImageServer } from "./finish-image.ts";
import { failOnServer, succeedOnServer } from "./finish-server.ts";

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
    const end = { state, rules, project, job, subJob, atMs };
    subJob.status = failure === undefined ? done : failed;
    subJob.endedAtMs = atMs;
    if (failure === undefined) {
      if (job.family === "image") succeedOnImageServer(end);
      else succeedOnServer(end);
    } else {
      job.status = failed;
      subJob.errorCode = failure.code;
      subJob.errorMessage = failure.message;
      if (job.family === "image") failOnImageServer(end);
      else failOnServer(end);
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
