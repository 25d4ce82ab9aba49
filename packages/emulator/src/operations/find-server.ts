import { serviceRefusal } from "../http/refusal.ts";
import { seeServer } from "../views/servers.ts";
import type { ServerRecord } from "../world/state.ts";
import type { Call } from "./operation.ts";

/**
 * The image server that the path names, in a state in which the operation is allowed, to be changed.
 *
 * @throws Refusal 404 when there is none, 400 when its state forbids the operation.
 */
export function findServer(call: Call): ServerRecord {
  const { route, project, path } = call;
  const server = project.servers.get(path.server_id as string);
  const seen = seeServer(call.view, project, path.server_id as string);
  if (server === undefined || seen === undefined)
    throw serviceRefusal(route, 404, `There is no image server ${path.server_id}.`);
  requireState(call, seen);
  return server;
}

/**
 * The image server that the path names, as the call sees it.
 *
 * @throws Refusal 404 when it sees none.
 */
export function seenServer({ route, project, path, view }: Call): ServerRecord {
  const seen = seeServer(view, project, path.server_id as string);
  if (seen === undefined) throw serviceRefusal(route, 404, `There is no image server ${path.server_id}.`);
  return seen;
}

/** Refuses when the contract's precondition does not list the state in which the call sees a server. */
export function requireState({ route }: Call, { id, status }: ServerRecord): void {
  const allowed = route.preconditions.server;
  if (allowed === undefined || allowed.includes(status)) return;
  throw serviceRefusal(route, 400, `Image server ${id} is ${status}; it must be ${allowed.join(" or ")}.`);
}
