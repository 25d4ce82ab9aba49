import { restoreStreaming, type SavedStreaming, saveStreaming } from "../streaming/state.ts";
import { createIds, type SavedIds } from "./ids.ts";
import type { ImageRecord } from "./image-record.ts";
import type { Machinery } from "./machinery.ts";
import type { PastRecord } from "./past.ts";
import type { JobRecord, ProjectState, ServerRecord, State, TokenRecord } from "./state.ts";
import type { WorldUser } from "./world.ts";

/** Everything that an emulator remembers, as JSON. Holds tokens, but no password and no key. */
export interface Snapshot {
  readonly version: 4;
  /** The time on the emulator's clock. */
  readonly nowMs: number;
  /** The real time, so that time goes on while nobody runs the emulator, as it does for the service. */
  readonly takenAtMs: number;
  readonly ids: SavedIds;
  readonly projects: readonly {
    readonly id: string;
    readonly name: string;
    readonly domain?: string | undefined;
    readonly servers: readonly ServerRecord[];
    readonly pastServers: readonly (readonly [string, readonly PastRecord<ServerRecord>[]])[];
    readonly jobs: readonly JobRecord[];
    readonly images: readonly ImageRecord[];
    readonly otherImages: readonly ImageRecord[];
    readonly pastImages: readonly (readonly [string, readonly PastRecord<ImageRecord>[]])[];
    readonly imageQuota: number;
    readonly streaming: SavedStreaming;
    readonly machinery: readonly Machinery[];
    readonly attachedApps: readonly [string, readonly { readonly id: string; readonly app_id: string }[]][];
  }[];
  readonly tokens: readonly {
    readonly token: string;
    readonly user: string;
    readonly domain: string;
    readonly projectId: string | null;
    readonly expiresAtMs: number;
  }[];
}

/** Takes everything down. What is taken shares its parts with the state. */
export function takeSnapshot(state: State, nowMs: number, takenAtMs: number): Snapshot {
  return {
    version: 4,
    nowMs,
    takenAtMs,
    ids: state.ids.save(),
    projects: [...state.projects.values()].map(takeProject),
    tokens: [...state.tokens].map(([token, { user, projectId, expiresAtMs }]) => ({
      token,
      user: user.name,
      domain: user.domain,
      projectId: projectId ?? null,
      expiresAtMs,
    })),
  };
}

function takeProject(project: ProjectState): Snapshot["projects"][number] {
  const { id, name, domain, servers, jobs, images, otherImages, machinery, imageQuota } = project;
  return {
    id,
    name,
    domain,
    servers: [...servers.values()],
    pastServers: [...project.pastServers],
    jobs: [...jobs.values()],
    images: [...images.values()],
    otherImages: [...otherImages.values()],
    pastImages: [...project.pastImages],
    imageQuota,
    streaming: saveStreaming(project.streaming),
    machinery: [...machinery.values()],
    attachedApps: [...project.attachedApps],
  };
}

/** The time on an emulator's clock that goes on from a snapshot. */
export function timeAfter({ nowMs, takenAtMs }: Snapshot, realNowMs: number, speed: number): number {
  return nowMs + Math.max(0, realNowMs - takenAtMs) * speed;
}

/**
 * Makes a state from what was taken down. Tokens of users that are no longer in the world are dropped.
 *
 * @throws TypeError when it is of a version that this emulator does not know.
 */
export function restore(snapshot: Snapshot, users: readonly WorldUser[]): State {
  if (snapshot.version !== 4) throw new TypeError(`The snapshot has version ${snapshot.version}; known is version 4.`);
  const { projects, ids, tokens } = structuredClone(snapshot);
  return {
    projects: new Map(projects.map((saved) => [saved.id, projectOf(saved)])),
    users,
    tokens: new Map(
      tokens.flatMap(({ token, user: name, domain, projectId, expiresAtMs }): [string, TokenRecord][] => {
        const user = users.find((one) => one.name === name && one.domain === domain);
        return user === undefined ? [] : [[token, { user, projectId: projectId ?? undefined, expiresAtMs }]];
      }),
    ),
    ids: createIds(0, ids),
    wrongSignatures: new Map(),
    changes: 0,
  };
}

function projectOf(saved: Snapshot["projects"][number]): ProjectState {
  const { id, name, domain, servers, pastServers, jobs, images, otherImages, machinery, attachedApps } = saved;
  return {
    id,
    name,
    domain,
    servers: new Map(servers.map((server) => [server.id, server])),
    pastServers: new Map(pastServers.map(([server, changes]) => [server, [...changes]])),
    jobs: new Map(jobs.map((job) => [job.id, job])),
    activeJobs: new Set(jobs.filter((job) => job.endedAtMs === undefined)),
    images: new Map(images.map((image) => [image.id, image])),
    otherImages: new Map(otherImages.map((image) => [image.id, image])),
    pastImages: new Map(saved.pastImages.map(([image, changes]) => [image, [...changes]])),
    imageQuota: saved.imageQuota,
    streaming: restoreStreaming(saved.streaming),
    machinery: new Map(machinery.map((one) => [one.imageServerId, one])),
    attachedApps: new Map(attachedApps),
  };
}
