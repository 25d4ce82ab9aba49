import { serviceTime } from "../world/clock.ts";
import { remember } from "../world/past.ts";
import type { AppServerRecord, ServerGroupRecord } from "./records.ts";
import type { StreamingState } from "./state.ts";

/** Changes an application server, and remembers what it was. */
export function changeAppServer(
  { pastServers }: StreamingState,
  server: AppServerRecord,
  atMs: number,
  change: Partial<AppServerRecord>,
): void {
  remember(pastServers, server.id, server, atMs);
  Object.assign(server, change, { update_time: serviceTime(atMs) });
}

/** Adds an application server that was not there before. */
export function addAppServer({ servers, pastServers }: StreamingState, server: AppServerRecord, atMs: number): void {
  remember(pastServers, server.id, undefined, atMs);
  servers.set(server.id, server);
}

/** Removes an application server, and remembers that it was there. */
export function removeAppServer({ servers, pastServers }: StreamingState, id: string, atMs: number): void {
  remember(pastServers, id, servers.get(id), atMs);
  servers.delete(id);
}

/** Changes a server group, and remembers what it was. */
export function changeGroup(
  { pastGroups }: StreamingState,
  group: ServerGroupRecord,
  atMs: number,
  change: Partial<ServerGroupRecord>,
): void {
  remember(pastGroups, group.id, group, atMs);
  Object.assign(group, change, { update_time: serviceTime(atMs) });
}
