import { Refusal } from "../http/refusal.ts";
import { createServers } from "../jobs/create-servers.ts";
import { startServerJob } from "../jobs/start-server-job.ts";
import { unschedule } from "../streaming/machine.ts";
import type { AppServerRecord } from "../streaming/records.ts";
import { openSessionsOn } from "../streaming/sessions.ts";
import { conflict, findAppServer, findAppServers, findGroup, requireIdle, usableImage } from "./find-streaming.ts";
import type { Call, Handler } from "./operation.ts";

interface NewImage {
  readonly image_id: string;
  readonly os_type: string;
  readonly update_access_agent?: boolean;
}

/** Starts to give a server another image. */
export const changeServerImage: Handler = (call) => ({
  status: 200,
  body: { job_id: startImageChange(call, call.path.server_id as string) },
});

/** The same for several servers, each by a job of its own; a server that is refused does not refuse the others. */
export const batchChangeServerImage: Handler = (call) => inBatch(call, startImageChange);

/** Starts to make a server anew from its own image. */
export const reinstallServer: Handler = (call) => ({
  status: 200,
  body: { job_id: startReinstallation(call, call.path.server_id as string) },
});

/** The same for several servers, each by a job of its own. */
export const batchReinstallServer: Handler = (call) => inBatch(call, startReinstallation);

function inBatch(call: Call, start: (call: Call, serverId: string) => string): ReturnType<Handler> {
  const { server_ids: ids } = call.body as { readonly server_ids: readonly string[] };
  const items = ids.map((server_id) => {
    try {
      return { server_id, job_id: start(call, server_id), error_code: "", error_message: "" };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const { error_code, error_msg } = error.answer.body as { error_code: string; error_msg: string };
      return { server_id, job_id: "", error_code, error_message: error_msg };
    }
  });
  return { status: 200, body: { items } };
}

function startImageChange(call: Call, serverId: string): string {
  const { project, rules } = call;
  const { image_id: imageId, os_type: osType, update_access_agent: updatesAgent = false } = call.body as NewImage;
  const server = findReimageable(call, serverId);
  const image = usableImage(call, imageId);
  if (server.image_id === imageId) throw conflict(call, `Application server ${serverId} has image ${imageId} already.`);
  const group = project.streaming.groups.get(server.server_group_id);
  if (image.osType !== osType || image.osType !== group?.os_type)
    throw conflict(call, `Image ${imageId} is of ${image.osType}, and the server of ${group?.os_type}.`);
  if (rules.otherImages === "refused" && group.image_id !== imageId)
    throw conflict(call, `Image ${imageId} is not that of the server's group, ${group.image_id}.`);
  const job = { type: "CHANGE_SERVER_IMAGE", servers: [server], fate: call.fate, imageId, updatesAgent } as const;
  return startServerJob(call, project, job).id;
}

function startReinstallation(call: Call, serverId: string): string {
  const { update_access_agent: updatesAgent = false } = call.body as NewImage;
  const servers = [findReimageable(call, serverId)];
  return startServerJob(call, call.project, { type: "REINSTALL_OS", servers, fate: call.fate, updatesAgent }).id;
}

/** A server that can be re-imaged as it is. */
function findReimageable(call: Call, serverId: string): AppServerRecord {
  const { project, rules, nowMs } = call;
  const server = findAppServer(call, serverId);
  requireIdle(call, server);
  if (rules.reimageNeedsMaintenance && !server.maintain_status)
    throw conflict(call, `Application server ${serverId} is not in maintenance mode.`);
  const { length } = openSessionsOn(project.streaming, serverId, nowMs);
  if (rules.sessionsAtReimage === "refused" && length > 0)
    throw conflict(call, `Application server ${serverId} has ${length} sessions.`);
  return server;
}

interface NewServers {
  readonly server_group_id: string;
  readonly subscription_num: number;
  readonly update_access_agent?: boolean;
}

/** Starts to create servers of a group, which get the image that the group has now, and its package and network too. */
export const createAppServers: Handler = (call) => {
  const {
    server_group_id,
    subscription_num: count,
    update_access_agent: updatesAgent = false,
  } = call.body as NewServers;
  const group = findGroup(call, server_group_id);
  const job = createServers(call, call.project, { group, count, isScaled: false, fate: call.fate, updatesAgent });
  return { status: 200, body: { job_id: job.id } };
};

/**
 * Starts to delete servers, busy or not. Their users lose their sessions. Those that are being deleted are left alone; one
 * whose deletion has failed is deleted again.
 */
export const batchDeleteServer: Handler = (call) => {
  const { project, fate } = call;
  const { items } = call.body as { readonly items: readonly string[] };
  const servers = findAppServers(call, items).filter(({ job_id }) => {
    const job = project.jobs.get(job_id ?? "");
    return job?.type !== "DELETE_SERVER" || !project.activeJobs.has(job);
  });
  for (const { id } of servers) unschedule(project.streaming, id);
  const job = startServerJob(call, project, { type: "DELETE_SERVER", servers, fate });
  return { status: 200, body: { job_id: job.id } };
};
