import { createIds, type SavedIds } from "./ids.ts";
import type { ImageRecord, JobRecord, ProjectState, ServerRecord, State, TokenRecord } from "./state.ts";
import type { WorldUser } from "./world.ts";

/** Everything that an emulator remembers, as JSON. Holds tokens, but no password and no key. */
export interface Snapshot {
  readonly version: 1;
  readonly nowMs: number;
  readonly ids: SavedIds;
  readonly projects: readonly {
    readonly id: string;
    readonly name: string;
    readonly servers: readonly ServerRecord[];
    readonly jobs: readonly JobRecord[];
    readonly images: readonly ImageRecord[];
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

/** Takes everything down. */
export function takeSnapshot(state: State, nowMs: number): Snapshot {
  return {
    version: 1,
    nowMs,
    ids: state.ids.save(),
    projects: [...state.projects.values()].map(({ id, name, servers, jobs, images, attachedApps }) => ({
      id,
      name,
      servers: [...servers.values()],
      jobs: [...jobs.values()],
      images: [...images.values()],
      attachedApps: [...attachedApps],
    })),
    tokens: [...state.tokens].map(([token, { user, projectId, expiresAtMs }]) => ({
      token,
      user: user.name,
      domain: user.domain,
      projectId: projectId ?? null,
      expiresAtMs,
    })),
  };
}

/**
 * Makes a state from what was taken down. Tokens of users that are no longer in the world are dropped.
 *
 * @throws TypeError when it is of a version that this emulator does not know.
 */
export function restore(snapshot: Snapshot, users: readonly WorldUser[]): State {
  if (snapshot.version !== 1) throw new TypeError(`The snapshot has version ${snapshot.version}; known is version 1.`);
  const projects = snapshot.projects.map((saved): [string, ProjectState] => {
    const jobs = structuredClone(saved.jobs) as JobRecord[];
    return [
      saved.id,
      {
        id: saved.id,
        name: saved.name,
        servers: new Map(structuredClone(saved.servers).map((server) => [server.id, server])),
        jobs: new Map(jobs.map((job) => [job.id, job])),
        activeJobs: new Set(jobs.filter((job) => job.endedAtMs === undefined)),
        images: new Map(saved.images.map((image) => [image.id, image])),
        attachedApps: new Map(saved.attachedApps),
      },
    ];
  });
  const tokens = snapshot.tokens.flatMap(
    ({ token, user: name, domain, projectId, expiresAtMs }): [string, TokenRecord][] => {
      const user = users.find((one) => one.name === name && one.domain === domain);
      return user === undefined ? [] : [[token, { user, projectId: projectId ?? undefined, expiresAtMs }]];
    },
  );
  return { projects: new Map(projects), users, tokens: new Map(tokens), ids: createIds(0, snapshot.ids) };
}
