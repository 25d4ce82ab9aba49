import type { components } from "../../generated/aps.ts";
import { largestPage } from "../../generated/contract.ts";
import { type RolloutRun, reading } from "./rollout-run.ts";
import type { SeenServer, SessionsOn } from "./seen-server.ts";

type Session = components["schemas"]["Session"];

/** Lists of sessions at one look, so that a look takes three lists with that of the servers. */
const listsAtOnce = 2;
/** Sessions that began longer ago are not listed; the number that the server itself shows holds for them. */
const windowMs = 30 * 24 * 3_600_000;
/** A clock that is ahead must not hide a session that began just now. */
const aheadMs = 24 * 3_600_000;
const endedStates = ["SignedOut", "InitFail"];
const openStates = "Active,Disconnected,AppcInit";

/**
 * Reads the open sessions on servers by the list, two requests at most: by the group, or, where that is too long, by two
 * machines. A server that is not in the result was not asked for.
 */
export async function sessionsOn(run: RolloutRun, servers: readonly SeenServer[]): Promise<Map<string, SessionsOn>> {
  const found = new Map<string, SessionsOn>();
  const named = servers.filter(({ machineName }) => machineName !== "");
  if (named.length === 0) return found;
  if (named.length > listsAtOnce && !run.isCrowded) {
    const sessions = new Map<string, Session>();
    for (let page = 0; page < listsAtOnce; page++) {
      // Pages overlap by one, so that a session that ends in between hides none.
      const offset = page === 0 ? 0 : largestPage - 1;
      const { count, items } = await run.methods.listSessions(
        { query: { ...queryOf(run), offset, limit: largestPage } },
        reading(run),
      );
      for (const session of items) sessions.set(session.id ?? JSON.stringify(session), session);
      if (sessions.size >= count) {
        for (const { id, machineName } of named) found.set(id, openOn(machineName, [...sessions.values()]));
        return found;
      }
    }
    run.isCrowded = true;
    return found;
  }
  for (const { id, machineName } of inTurn(run, named)) {
    const query = { ...queryOf(run), machine_name: machineName, limit: largestPage };
    const { count, items } = await run.methods.listSessions({ query }, reading(run));
    const open = openOn(machineName, items);
    found.set(id, count > items.length ? { ...open, count: Math.max(1, open.count) } : open);
  }
  return found;
}

/** Those with a look that showed nobody come first, because the next decides; then those that were asked for least lately. */
function inTurn({ emptyLooks, turns }: RolloutRun, servers: readonly SeenServer[]): SeenServer[] {
  const looks = ({ id }: SeenServer) => emptyLooks.get(id) ?? 0;
  const order = [...turns];
  const turn = ({ id }: SeenServer) => order.indexOf(id);
  const first = servers.toSorted((a, b) => looks(b) - looks(a) || turn(a) - turn(b)).slice(0, listsAtOnce);
  for (const { id } of first) {
    turns.delete(id);
    turns.add(id);
  }
  return first;
}

function queryOf({ client, state }: RolloutRun) {
  const nowMs = client.serviceClock.now();
  return {
    query_begin_time: new Date(nowMs - windowMs).toISOString(),
    query_end_time: new Date(nowMs + aheadMs).toISOString(),
    app_server_group_id: state.plan?.group.id ?? "",
    session_state: openStates,
  };
}

function openOn(machineName: string, sessions: readonly Session[]): SessionsOn {
  const open = sessions.filter(
    ({ machine_name, session_state }) => machine_name === machineName && !endedStates.includes(session_state ?? ""),
  );
  return { count: open.length, ids: open.flatMap(({ id }) => id || []) };
}
