import type { AppServerRecord, SessionEnd, SessionRecord } from "./records.ts";
import type { StreamingState } from "./state.ts";
import { agentStates, machineStates } from "./states.ts";

/** A session takes this long to start, in milliseconds. */
export const startingMs = 20_000;

/** The state of a session at a time, as ListSessions shows it; undefined when it had not begun. */
export function sessionStateAt(session: SessionRecord, atMs: number): string | undefined {
  const { startMs, activeFromMs, disconnectedFromMs, endMs } = session;
  if (atMs < startMs) return undefined;
  if (endMs !== undefined && atMs >= endMs) return "SignedOut";
  if (disconnectedFromMs !== undefined && atMs >= disconnectedFromMs) return "Disconnected";
  return atMs < activeFromMs ? "AppcInit" : "Active";
}

/** The sessions on a server that were open at a time, those that start or are not connected included. */
export function openSessionsOn({ sessions }: StreamingState, serverId: string, atMs: number): SessionRecord[] {
  return [...sessions.values()].filter((session) => session.serverId === serverId && isOpenAt(session, atMs));
}

/** Whether a session was open at a time. */
export function isOpenAt({ startMs, endMs }: SessionRecord, atMs: number): boolean {
  return startMs <= atMs && (endMs === undefined || atMs < endMs);
}

/** Ends a session at a time, unless it ends before that anyhow. */
export function endSession(session: SessionRecord, endMs: number, endedBy: SessionEnd): void {
  if (session.endMs !== undefined && session.endMs <= endMs) return;
  session.endMs = endMs;
  session.endedBy = endedBy;
}

/** Ends every session on a server. */
export function endSessionsOn(streaming: StreamingState, serverId: string, atMs: number, endedBy: SessionEnd): void {
  for (const session of openSessionsOn(streaming, serverId, atMs)) endSession(session, atMs, endedBy);
}

/** A user who comes. */
export interface Visit {
  readonly user: string;
  readonly groupId: string;
  /** How long the user stays, in milliseconds; undefined: until somebody ends it. */
  readonly forMs: number | undefined;
  /** The server that the user gets, also one that would take nobody; undefined: the least busy that takes users. */
  readonly serverId?: string;
}

/** Lets a user in. Undefined when no server of the group takes one. */
export function startSession(streaming: StreamingState, visit: Visit, atMs: number): SessionRecord | undefined {
  const { user, groupId, forMs } = visit;
  const server =
    visit.serverId === undefined ? freest(streaming, groupId, atMs) : streaming.servers.get(visit.serverId);
  if (server === undefined) {
    streaming.turnedAway.push({ user, groupId, atMs });
    return undefined;
  }
  const endMs = forMs === undefined ? undefined : atMs + forMs;
  const session: SessionRecord = {
    id: streaming.chance.hex(32),
    user,
    serverId: server.id,
    machineName: server.machine_name,
    groupId: server.server_group_id,
    application: "Notepad",
    startMs: atMs,
    activeFromMs: atMs + startingMs,
    disconnectedFromMs: undefined,
    endMs,
    endedBy: endMs === undefined ? undefined : "user",
  };
  streaming.sessions.set(session.id, session);
  return session;
}

/** The server of a group with the fewest sessions that takes a user. */
function freest(streaming: StreamingState, groupId: string, atMs: number): AppServerRecord | undefined {
  const group = streaming.groups.get(groupId);
  if (group?.server_group_status !== true) return undefined;
  return readyServers(streaming, groupId)
    .map((server) => ({ server, count: openSessionsOn(streaming, server.id, atMs).length }))
    .filter(({ count }) => count < group.route_policy.max_session)
    .sort((a, b) => a.count - b.count)[0]?.server;
}

/** The servers of a group that take users. */
export function readyServers({ servers }: StreamingState, groupId: string): AppServerRecord[] {
  return [...servers.values()].filter(
    ({ server_group_id, status, vm_status, maintain_status }) =>
      server_group_id === groupId &&
      status === agentStates.registered &&
      vm_status === machineStates.running &&
      !maintain_status,
  );
}
