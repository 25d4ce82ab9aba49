import { createIds, type Ids, type SavedIds } from "../world/ids.ts";
import type { Past, PastRecord } from "../world/past.ts";
import type {
  AgendaEntry,
  AppGroupRecord,
  AppServerRecord,
  ScalingPolicyRecord,
  ServerGroupRecord,
  SessionLoad,
  SessionRecord,
  Traffic,
} from "./records.ts";

/** The part of a project that users are streamed from. Maps are by id, in the order of creation. */
export interface StreamingState {
  readonly groups: Map<string, ServerGroupRecord>;
  readonly pastGroups: Past<ServerGroupRecord>;
  readonly servers: Map<string, AppServerRecord>;
  readonly pastServers: Past<AppServerRecord>;
  readonly sessions: Map<string, SessionRecord>;
  readonly appGroups: Map<string, AppGroupRecord>;
  /** By server group. */
  readonly scaling: Map<string, ScalingPolicyRecord>;
  readonly pastScaling: Past<ScalingPolicyRecord>;
  readonly traffic: Map<string, Traffic>;
  readonly loads: Map<string, SessionLoad>;
  /** What is going to happen, in no order. */
  readonly agenda: AgendaEntry[];
  /** Draws who comes and how long they stay, apart from the ids of what is made. */
  readonly chance: Ids;
  /** The users who found no server that took them. */
  readonly turnedAway: { readonly user: string; readonly groupId: string; readonly atMs: number }[];
}

/** The same as JSON. */
export interface SavedStreaming {
  readonly groups: readonly ServerGroupRecord[];
  readonly pastGroups: readonly (readonly [string, PastRecord<ServerGroupRecord>[]])[];
  readonly servers: readonly AppServerRecord[];
  readonly pastServers: readonly (readonly [string, PastRecord<AppServerRecord>[]])[];
  readonly sessions: readonly SessionRecord[];
  readonly appGroups: readonly AppGroupRecord[];
  readonly scaling: readonly (readonly [string, ScalingPolicyRecord])[];
  readonly pastScaling: readonly (readonly [string, PastRecord<ScalingPolicyRecord>[]])[];
  readonly traffic: readonly (readonly [string, Traffic])[];
  readonly loads: readonly (readonly [string, SessionLoad])[];
  readonly agenda: readonly AgendaEntry[];
  readonly chance: SavedIds;
  readonly turnedAway: StreamingState["turnedAway"];
}

/** Nothing yet. */
export function emptyStreaming(seed: number): StreamingState {
  return {
    groups: new Map(),
    pastGroups: new Map(),
    servers: new Map(),
    pastServers: new Map(),
    sessions: new Map(),
    appGroups: new Map(),
    scaling: new Map(),
    pastScaling: new Map(),
    traffic: new Map(),
    loads: new Map(),
    agenda: [],
    chance: createIds(seed),
    turnedAway: [],
  };
}

/** Takes it down. What is taken shares its parts with the state. */
export function saveStreaming(streaming: StreamingState): SavedStreaming {
  const { groups, servers, sessions, appGroups, agenda, chance, turnedAway } = streaming;
  return {
    groups: [...groups.values()],
    pastGroups: [...streaming.pastGroups],
    servers: [...servers.values()],
    pastServers: [...streaming.pastServers],
    sessions: [...sessions.values()],
    appGroups: [...appGroups.values()],
    scaling: [...streaming.scaling],
    pastScaling: [...streaming.pastScaling],
    traffic: [...streaming.traffic],
    loads: [...streaming.loads],
    agenda,
    chance: chance.save(),
    turnedAway,
  };
}

/** Makes it from what was taken down, which it takes over. */
export function restoreStreaming(saved: SavedStreaming): StreamingState {
  const byId = <T extends { readonly id: string }>(records: readonly T[]) =>
    new Map(records.map((record) => [record.id, record]));
  return {
    groups: byId(saved.groups),
    pastGroups: new Map(saved.pastGroups),
    servers: byId(saved.servers),
    pastServers: new Map(saved.pastServers),
    sessions: byId(saved.sessions),
    appGroups: byId(saved.appGroups),
    scaling: new Map(saved.scaling),
    pastScaling: new Map(saved.pastScaling),
    traffic: new Map(saved.traffic),
    loads: new Map(saved.loads),
    agenda: [...saved.agenda],
    chance: createIds(0, saved.chance),
    turnedAway: [...saved.turnedAway],
  };
}
