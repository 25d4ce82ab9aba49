import { serviceTime } from "./clock.ts";
import { remember } from "./past.ts";
import type { ProjectState, ServerRecord } from "./state.ts";

/** Changes an image server, and remembers what it was. */
export function changeServer(
  project: ProjectState,
  server: ServerRecord,
  atMs: number,
  change: Partial<Pick<ServerRecord, "name" | "description" | "status" | "image_id">>,
): void {
  remember(project.pastServers, server.id, server, atMs);
  Object.assign(server, change, { update_time: serviceTime(atMs) });
}

/** Adds an image server that was not there before. */
export function addServer(project: ProjectState, server: ServerRecord, atMs: number): void {
  remember(project.pastServers, server.id, undefined, atMs);
  project.servers.set(server.id, server);
}

/** Removes an image server, and remembers that it was there. */
export function removeServer(project: ProjectState, id: string, atMs: number): void {
  remember(project.pastServers, id, project.servers.get(id), atMs);
  project.servers.delete(id);
}
