import { type Refusal, serviceRefusal } from "../http/refusal.ts";
import { isBusy } from "../streaming/is-busy.ts";
import type { AppServerRecord, ServerGroupRecord } from "../streaming/records.ts";
import { seeAppServer, seeGroup } from "../views/streaming.ts";
import type { ImageRecord } from "../world/image-record.ts";
import { findImage } from "../world/images.ts";
import type { Call } from "./operation.ts";

/**
 * The server group that the path names, as the call sees it.
 *
 * @throws Refusal 404 when it sees none.
 */
export function seenGroup({ route, project, path, view }: Call): ServerGroupRecord {
  const group = seeGroup(view, project.streaming, path.server_group_id as string);
  if (group === undefined) throw serviceRefusal(route, 404, `There is no server group ${path.server_group_id}.`);
  return group;
}

/**
 * The server group with an id, to be changed.
 *
 * @throws Refusal 404 when there is none.
 */
export function findGroup({ route, project }: Call, id: string): ServerGroupRecord {
  const group = project.streaming.groups.get(id);
  if (group === undefined) throw serviceRefusal(route, 404, `There is no server group ${id}.`);
  return group;
}

/**
 * The application server that the path names, as the call sees it.
 *
 * @throws Refusal 404 when it sees none.
 */
export function seenAppServer({ route, project, path, view }: Call): AppServerRecord {
  const server = seeAppServer(view, project.streaming, path.server_id as string);
  if (server === undefined) throw serviceRefusal(route, 404, `There is no application server ${path.server_id}.`);
  return server;
}

/**
 * The application server with an id, to be changed.
 *
 * @throws Refusal 404 when there is none.
 */
export function findAppServer({ route, project }: Call, id: string): AppServerRecord {
  const server = project.streaming.servers.get(id);
  if (server === undefined) throw serviceRefusal(route, 404, `There is no application server ${id}.`);
  return server;
}

/**
 * The application servers with these ids. Unknown ids are ignored, which is this emulator's reading of an undocumented case.
 *
 * @throws Refusal 404 when none is known.
 */
export function findAppServers({ route, project }: Call, ids: readonly string[]): AppServerRecord[] {
  const servers = ids.flatMap((id) => project.streaming.servers.get(id) ?? []);
  if (servers.length === 0) throw serviceRefusal(route, 404, "There is none of these application servers.");
  return servers;
}

/**
 * The same, where nothing may be going on with any of them.
 *
 * @throws Refusal 404 when none is known, 409 when one is busy.
 */
export function findIdleServers(call: Call, ids: readonly string[]): AppServerRecord[] {
  const servers = findAppServers(call, ids);
  for (const server of servers) requireIdle(call, server);
  return servers;
}

/** Refuses with 409 while something is going on with a server. */
export function requireIdle(call: Call, server: AppServerRecord): void {
  if (!isBusy(call.project, server)) return;
  throw conflict(
    call,
    `Application server ${server.id} is busy: its job ${server.job_id ?? "is none"}, its task ${server.task_status}.`,
  );
}

/** Refuses for the state of a server: with 409 where the contract has it, and else with 400. */
export function conflict({ route }: Call, message: string): Refusal {
  return serviceRefusal(route, "409" in route.answers ? 409 : 400, message);
}

/**
 * The image that a request wants servers to have.
 *
 * @throws Refusal 404 when there is none, 409 when it cannot be used.
 */
export function usableImage(call: Call, id: string): ImageRecord {
  const image = findImage(call.project, id);
  if (image === undefined) throw serviceRefusal(call.route, 404, `There is no image ${id}.`);
  if (image.status !== "active") throw conflict(call, `Image ${id} is ${image.status}; it must be active.`);
  return image;
}
