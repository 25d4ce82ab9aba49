import type { AppServerRecord, ScalingPolicyRecord, ServerGroupRecord, SessionRecord } from "../streaming/records.ts";
import type { StreamingState } from "../streaming/state.ts";
import { type Past, recordAt } from "../world/past.ts";
import { isHidden, seenAtMs, type View } from "./view.ts";

interface Kept {
  readonly id: string;
  readonly create_time: string;
}

/** A server group as a call sees it; undefined when it sees none. */
export function seeGroup(
  view: View,
  { groups, pastGroups }: StreamingState,
  id: string,
): ServerGroupRecord | undefined {
  return see(view, groups, pastGroups, id);
}

/** The server groups that a call sees, in the order of their creation. */
export function seeGroups(view: View, { groups, pastGroups }: StreamingState): ServerGroupRecord[] {
  return seeAll(view, groups, pastGroups);
}

/** An application server as a call sees it; undefined when it sees none. */
export function seeAppServer(
  view: View,
  { servers, pastServers }: StreamingState,
  id: string,
): AppServerRecord | undefined {
  return see(view, servers, pastServers, id);
}

/** The application servers that a call sees, in the order of their creation. */
export function seeAppServers(view: View, { servers, pastServers }: StreamingState): AppServerRecord[] {
  return seeAll(view, servers, pastServers);
}

/** The scaling policy of a group as a call sees it; undefined when it sees none. */
export function seeScalingPolicy(
  view: View,
  { scaling, pastScaling }: StreamingState,
  groupId: string,
): ScalingPolicyRecord | undefined {
  const isAbout = (resource: string) => resource === groupId;
  return recordAt(pastScaling, groupId, scaling.get(groupId), seenAtMs(view, isAbout));
}

/** A session, and as of when it is seen. */
export interface SeenSession {
  readonly session: SessionRecord;
  readonly atMs: number;
}

/** The sessions that a call sees, in the order in which they began. */
export function seeSessions(view: View, { sessions }: StreamingState): SeenSession[] {
  return [...sessions.values()]
    .map((session) => ({ session, atMs: seenAtMs(view, isAboutSession(session)) }))
    .filter(
      ({ session, atMs }) =>
        session.startMs <= atMs &&
        !isHidden(view, isAboutSession(session), { madeAtMs: session.startMs, endedAtMs: session.endMs }),
    )
    .sort((a, b) => a.session.startMs - b.session.startMs);
}

/** Whether a session is the resource, or is on it. */
export function isAboutSession({ id, serverId, groupId }: SessionRecord): (resource: string) => boolean {
  return (resource) => resource === id || resource === serverId || resource === groupId;
}

function see<T extends Kept>(view: View, live: ReadonlyMap<string, T>, past: Past<T>, id: string): T | undefined {
  if (view.distortions.length === 0) return live.get(id);
  const isAbout = (resource: string) => resource === id;
  const seen = recordAt(past, id, live.get(id), seenAtMs(view, isAbout));
  if (seen === undefined || isHidden(view, isAbout, { madeAtMs: Date.parse(seen.create_time) })) return undefined;
  return seen;
}

function seeAll<T extends Kept>(view: View, live: ReadonlyMap<string, T>, past: Past<T>): T[] {
  if (view.distortions.length === 0) return [...live.values()];
  return [...new Set([...live.keys(), ...past.keys()])].flatMap((id) => see(view, live, past, id) ?? []);
}
