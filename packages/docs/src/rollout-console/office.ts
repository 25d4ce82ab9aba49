import { type Client, createClient } from "@workspace-aps/client";
import { defaultWorld, type World } from "@workspace-aps/emulator";
import { type InPage, inPage } from "../in-page/in-page.ts";

const minuteMs = 60_000;
const names = ["office-1", "office-2", "office-3", "office-4", "office-5", "office-6"];

const [group] = defaultWorld.serverGroups ?? [];
if (group === undefined) throw new Error("The emulator's world has no server group.");

/** The group whose servers get a new image. */
export const groupId = group.id;
/** The image that they get. */
export const newImage = "f5d443de-a623-4950-a74d-569fe63c1f7a";

/** Six servers with two users each, who leave within an hour, and others who come meanwhile. */
const world: World = {
  ...defaultWorld,
  serverGroups: [{ ...group, traffic: { usersPerHour: 14, meanMinutes: 25 } }],
  appServers: names.map((name) => ({ id: name, groupId, name })),
  sessions: names.flatMap((name, index) =>
    [0, 1].map((user) => ({
      user: `user-${index}-${user}`,
      serverId: name,
      endsAfterMs: (12 + 11 * ((index * 2 + user * 3) % 7)) * minuteMs,
    })),
  ),
};

/** What is to be seen of a server: how it is, and not how a list shows it. */
export interface ShownServer {
  readonly name: string;
  readonly phase: "serving" | "draining" | "imaging" | "registering" | "broken";
  readonly hasNewImage: boolean;
  readonly users: number;
}

/** A server group with users in this page, and a client of it. */
export interface Office extends Pick<InPage, "emulator" | "clock"> {
  readonly client: Client;
  /** Milliseconds since it began, on the clock that the service and the client share. */
  elapsedMs(): number;
  servers(): ShownServer[];
  /** How many sessions have ended: all of them, those that were logged off, and those that a re-image has ended. */
  endedSessions(): { readonly all: number; readonly loggedOff: number; readonly thrownOut: number };
}

/**
 * Starts an emulator with the group, and a client of it.
 *
 * @param options.speed how many times faster than real time everything goes. At 400, six servers take less than a minute.
 */
export function createOffice({ speed }: { readonly speed: number }): Office {
  const { emulator, clock, clientOptions } = inPage({ speed, world });
  const { now } = clock;
  const startMs = now();
  const streaming = () => {
    const found = emulator.state.projects.get(clientOptions.projectId ?? "");
    if (found === undefined) throw new Error("The project is gone.");
    return found.streaming;
  };
  return {
    emulator,
    clock,
    client: createClient(clientOptions),
    elapsedMs: () => now() - startMs,
    servers() {
      const nowMs = now();
      const sessions = [...streaming().sessions.values()];
      return [...streaming().servers.values()].map(({ id, name, image_id, maintain_status, status, vm_status }) => ({
        name,
        phase:
          status === "NONE"
            ? "broken"
            : vm_status === "REBUILD"
              ? "imaging"
              : status !== "REGISTERED"
                ? "registering"
                : maintain_status
                  ? "draining"
                  : "serving",
        hasNewImage: image_id === newImage,
        users: sessions.filter(
          ({ serverId, startMs: from, endMs }) =>
            serverId === id && from <= nowMs && (endMs === undefined || nowMs < endMs),
        ).length,
      }));
    },
    endedSessions() {
      const nowMs = now();
      const ended = [...streaming().sessions.values()].filter(({ endMs }) => endMs !== undefined && endMs <= nowMs);
      return {
        all: ended.length,
        loggedOff: ended.filter(({ endedBy }) => endedBy === "logoff").length,
        thrownOut: ended.filter(({ endedBy }) => endedBy !== "user" && endedBy !== "logoff").length,
      };
    },
  };
}
