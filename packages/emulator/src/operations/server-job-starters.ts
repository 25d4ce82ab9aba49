import { Refusal, serviceRefusal } from "../http/refusal.ts";
import { createServers } from "../jobs/create-servers.ts";
import { startServerJob } from "../jobs/start-server-job.ts";
import type { AppServerRecord } from "../streaming/records.ts";
import { openSessionsOn } from "../streaming/sessions.ts";
import { conflict, findAppServer, findGroup, findIdleServers, requireIdle, usableImage } from "./find-streaming.ts";
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
  const { route, project, rules } = call;
  const { image_id: imageId, os_type: osType, update_access_agent: updatesAgent = false } = call.body as NewImage;
  const server = findReimageable(call, serverId);
  const image = usableImage(call, imageId);
  if (server.image_id === imageId)
    throw serviceRefusal(route, 400, `Application server ${serverId} has image ${imageId} already.`);
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
  readonly product_id: string;
  readonly vpc_id: string;
  readonly subnet_id: string;
  readonly update_access_agent?: boolean;
}

/** Starts to create servers of a group, which get the image that the group has now. */
export const createAppServers: Handler = (call) => {
  const { route, project, fate } = call;
  const wanted = call.body as NewServers;
  const group = findGroup(call, wanted.server_group_id);
  for (const name of ["product_id", "vpc_id", "subnet_id"] as const)
    if (wanted[name] !== group[name])
      throw serviceRefusal(route, 400, `body/${name} must be that of the server group, ${group[name]}.`);
  const { subscription_num: count, update_access_agent: updatesAgent = false } = wanted;
  const job = createServers(call, project, { group, count, isScaled: false, fate, updatesAgent });
  return { status: 200, body: { job_id: job.id } };
};

/** Starts to delete servers, whose users lose their sessions. */
export const batchDeleteServer: Handler = (call) => {
  const { items } = call.body as { readonly items: readonly string[] };
  const servers = findIdleServers(call, items);
  const job = startServerJob(call, call.project, { type: "DELETE_SERVER", servers, fate: call.fate });
  return { status: 200, body: { job_id: job.id } };
};
