import { createEmulator, defaultWorld, type EmulatorOptions, type World } from "@workspace-aps/emulator";
import * as operations from "../../src/generated/operations.ts";
import { accessKey, createClient, type PlanOptions, planRollout, type RolloutPlan } from "../../src/index.ts";
import { world } from "../world.ts";

const [group] = defaultWorld.serverGroups ?? [];
if (group === undefined) throw new Error("The default world has no server group.");

export const groupId = group.id;
export const oldImage = group.imageId;
export const newImage = "f5d443de-a623-4950-a74d-569fe63c1f7a";
export const minute = 60_000;

/** A group of so many servers without users, and whatever else a test wants to be there. */
export function groupOf(count: number, more: Partial<World> = {}, own: Partial<typeof group> = {}): World {
  const appServers = Array.from({ length: count }, (_, index) => ({
    id: `s${index + 1}`,
    groupId,
    name: `office-${index + 1}`,
  }));
  return {
    ...defaultWorld,
    serverGroups: [{ ...(group as object), ...own } as typeof group & object],
    appServers,
    sessions: [],
    ...more,
  };
}

/** Each client stands for a process of its own: which groups are in work, a process remembers by the endpoint. */
let port = 4010;

/** A group in an emulator, and clients of it, in a virtual time that passes only while somebody sleeps. */
export function office(options: EmulatorOptions & { readonly startMs?: number; readonly skewMs?: number } = {}) {
  let nowMs = options.startMs ?? Date.UTC(2026, 10, 1);
  const { skewMs = 0 } = options;
  /** Asked after every request, with the truth. */
  const watchers: ((operation: string) => void)[] = [];
  const sleep = async (ms: number, signal?: AbortSignal) => {
    signal?.throwIfAborted();
    nowMs += Math.max(0, ms);
  };
  const emulator = createEmulator({ world: groupOf(5), realNow: () => nowMs, sleep, ...options });
  const sent: string[] = [];
  const fetching = async (input: string | URL | Request, init?: RequestInit) => {
    const line = `${init?.method} ${new URL(String(input)).pathname.split("/").slice(3).join("/")}`;
    sent.push(line);
    try {
      return await emulator.fetch(input as string, init);
    } finally {
      for (const watch of watchers) watch(line);
    }
  };
  const clientOf = (fetch: typeof fetching) =>
    createClient({
      operations,
      region: world.region,
      endpoint: `http://127.0.0.1:${port++}`,
      projectId: world.projectId,
      credentials: accessKey(world.key),
      now: () => nowMs + skewMs,
      monotonicNow: () => nowMs,
      sleep,
      random: () => 0.5,
      fetch: fetch as typeof globalThis.fetch,
    });
  const streaming = () => {
    const project = emulator.state.projects.get(world.projectId);
    if (project === undefined) throw new Error("The project is gone.");
    return project.streaming;
  };
  return {
    emulator,
    client: clientOf(fetching),
    clientOf,
    fetching,
    sent,
    watchers,
    streaming,
    now: () => nowMs,
    pass: (ms: number) => {
      nowMs += ms;
    },
    /** The servers as they are. */
    servers: () => [...streaming().servers.values()],
    /** Users who lost their session to somebody, and to what. */
    thrownOut: () =>
      [...streaming().sessions.values()].filter(({ endedBy, endMs }) => endedBy !== "user" && endMs !== undefined),
  };
}

export type Office = ReturnType<typeof office>;

export function plan({ client }: Pick<Office, "client">, more: Partial<PlanOptions> = {}): Promise<RolloutPlan> {
  return planRollout(client, { serverGroupId: groupId, imageId: newImage, ...more });
}
