import { serviceRefusal } from "../http/refusal.ts";
import type { ServerRecord } from "../world/state.ts";
import type { Call } from "./operation.ts";

/**
 * The image server that the path names, in a state in which the operation is allowed.
 *
 * @throws Refusal 404 when there is none, 400 when its state forbids the operation.
 */
export function findServer({ route, project, path }: Call): ServerRecord {
  const server = project.servers.get(path.server_id as string);
  if (server === undefined) throw serviceRefusal(route, 404, `There is no image server ${path.server_id}.`);
  requireState(route, server);
  return server;
}

/** Refuses when the contract's precondition does not list the state of a server. */
export function requireState(route: Call["route"], server: ServerRecord): void {
  const allowed = route.preconditions.server;
  if (allowed === undefined || allowed.includes(server.status)) return;
  const states = allowed.join(" or ");
  throw serviceRefusal(route, 400, `Image server ${server.id} is ${server.status}; it must be ${states}.`);
}
