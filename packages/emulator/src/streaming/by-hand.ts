import { type Fields, hold, isNumber, isObject, isText, needed, optional, show } from "../check-fields.ts";
import { InvalidInput } from "../invalid-input.ts";
import type { State } from "../world/state.ts";
import { endSession, isOpenAt, startSession } from "./sessions.ts";
import type { StreamingState } from "./state.ts";

/** A user who is let in by hand. */
export interface GivenVisit {
  readonly user: string;
  /** The server that the user gets, whatever its state. */
  readonly serverId?: string;
  /** Without a server: the group, whose least busy server that takes users is the user's. */
  readonly groupId?: string;
  /** How long the user stays, in milliseconds of the emulator's clock. Default: until somebody ends the session. */
  readonly forMs?: number;
}

/** Users who come and go by hand, in whichever project their server is. */
export interface Sessions {
  /**
   * Lets a user in, and returns the id of the session; undefined when no server takes users.
   *
   * @throws InvalidInput when there is no such server or group.
   */
  start(visit: GivenVisit): string | undefined;
  /** The user goes. Whether there was an open session with this id. */
  end(id: string): boolean;
  /** The user loses the connection, and is still logged in. Whether there was an open session with this id. */
  disconnect(id: string): boolean;
}

const fields: Fields = {
  user: needed("a name", (value) => isText(value) && value !== ""),
  serverId: optional("the id of an application server", isText),
  groupId: optional("the id of a server group", isText),
  forMs: optional("milliseconds", isNumber),
};

/** Makes what lets users come and go. `state` gives what is there, up to date; `now` is the emulator's clock. */
export function createSessions(state: () => State, now: () => number): Sessions {
  const all = () => [...state().projects.values()].map(({ streaming }) => streaming);
  const change = (id: string, what: (streaming: StreamingState, nowMs: number) => void) => {
    const nowMs = now();
    const found = all().find(({ sessions }) => {
      const session = sessions.get(id);
      return session !== undefined && isOpenAt(session, nowMs);
    });
    if (found !== undefined) what(found, nowMs);
    return found !== undefined;
  };
  return {
    start(visit) {
      if (!isObject(visit)) throw new InvalidInput("A session must be an object.");
      hold("session", visit, fields);
      const { user, serverId, groupId = "", forMs } = visit;
      const streaming = all().find(({ servers, groups }) =>
        serverId === undefined ? groups.has(groupId) : servers.has(serverId),
      );
      if (streaming === undefined)
        throw new InvalidInput(`session must name an application server or server group; given was ${show(visit)}.`);
      const where = serverId === undefined ? {} : { serverId };
      return startSession(streaming, { user, groupId, forMs, ...where }, now())?.id;
    },
    end: (id) =>
      change(id, ({ sessions }, nowMs) => {
        const session = sessions.get(id);
        if (session !== undefined) endSession(session, nowMs, "user");
      }),
    disconnect: (id) =>
      change(id, ({ sessions }, nowMs) => {
        const session = sessions.get(id);
        if (session !== undefined) session.disconnectedFromMs = nowMs;
      }),
  };
}
