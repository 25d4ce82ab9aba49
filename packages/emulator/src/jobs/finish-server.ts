import { serverJob as facts } from "../generated/contract.ts";
import { changeAppServer, removeAppServer } from "../streaming/change.ts";
import { noTask, startMachine, unschedule } from "../streaming/machine.ts";
import type { AppServerRecord } from "../streaming/records.ts";
import { endSessionsOn } from "../streaming/sessions.ts";
import type { ServerJobType } from "./kinds.ts";
import type { PartEnd } from "./part-end.ts";

/** Does what a job on an application server does when it ends well. */
export function succeedOnServer(end: PartEnd): void {
  const { subJob } = end;
  subJob.resourceId = subJob.serverId;
  const server = serverOf(end);
  if (server !== undefined) succeed[end.job.type as ServerJobType](end, server);
}

/** The server that a job works on, unless another job, such as its deletion, has overtaken it. */
function serverOf({ project, job, subJob }: PartEnd): AppServerRecord | undefined {
  const server = project.streaming.servers.get(subJob.serverId);
  return server?.job_id === undefined || server.job_id === job.id ? server : undefined;
}

const succeed: Record<ServerJobType, (end: PartEnd, server: AppServerRecord) => void> = {
  CHANGE_SERVER_IMAGE(end, server) {
    server.image_id = end.job.imageId ?? server.image_id;
    rebuilt(end, server);
  },
  REINSTALL_OS: rebuilt,
  CREATE_SERVER: started,
  DELETE_SERVER({ project, atMs }, server) {
    endSessionsOn(project.streaming, server.id, atMs, "deletion");
    unschedule(project.streaming, server.id);
    removeAppServer(project.streaming, server.id, atMs);
  },
};

function rebuilt(end: PartEnd, server: AppServerRecord): void {
  const { project, rules, atMs } = end;
  endSessionsOn(project.streaming, server.id, atMs, "reimage");
  started(end, server);
  if (rules.maintenanceAfterReimage === "reset") server.maintain_status = false;
}

/** Its machine runs; its agent registers when the rules, and the fate of the job, let it. */
function started({ project, job, rules, atMs }: PartEnd, server: AppServerRecord): void {
  const { fate } = job;
  const extraMs = fate !== undefined && "registerAfterMs" in fate ? fate.registerAfterMs : 0;
  startMachine(project.streaming, server, atMs, rules.registerAfterMs + extraMs);
}

/** What a server becomes after a failed job is not documented; the contract has what is likely. */
export function failOnServer(end: PartEnd): void {
  const { project, job, rules, atMs } = end;
  const { streaming } = project;
  const server = serverOf(end);
  if (server === undefined) return;
  const type = job.type as ServerJobType;
  const isReimage = type === "CHANGE_SERVER_IMAGE" || type === "REINSTALL_OS";
  if (isReimage) endSessionsOn(streaming, server.id, atMs, "reimage");
  if (isReimage && rules.afterFailedReimage === "unchanged") {
    startMachine(streaming, server, atMs, rules.registerAfterMs);
    return;
  }
  unschedule(streaming, server.id);
  const { server: states, machine } = facts.kinds[type];
  const status = "failed" in states ? states.failed : server.status;
  changeAppServer(streaming, server, atMs, { status, vm_status: machine.failed, task_status: noTask });
}
