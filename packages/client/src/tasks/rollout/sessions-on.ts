import type { components } from "../../generated/aps.ts";
import { paginate } from "../paginate.ts";
import { type RolloutRun, reading } from "./rollout-run.ts";
import type { SeenServer } from "./seen-server.ts";

type Session = components["schemas"]["Session"];

const pageSize = 100;
/** Lists of sessions at one look, so that a look takes three lists with that of the servers. */
const listsAtOnce = 2;
/** Sessions that began longer ago are not listed; the number that the server itself shows holds for them. */
const windowMs = 30 * 24 * 3_600_000;
/** A clock that is ahead must not hide a session that began just now. */
const aheadMs = 24 * 3_600_000;
const ended = ["SignedOut", "InitFail"];
const open = "Active,Disconnected,AppcInit";

/**
 * Counts the open sessions on servers by the list, two requests at most: by the group, or, where that is too long, by two
 * machines. A server that is not in the result was not counted.
 */
export async function countSessions(run: RolloutRun, servers: readonly SeenServer[]): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  const named = servers.filter(({ machineName }) => machineName !== "");
  if (named.length === 0) return counts;
  if (named.length > listsAtOnce && !run.isCrowded) {
    const sessions = new Map<string, Session>();
    for (let page = 0; page < listsAtOnce; page++) {
      // Pages overlap by one, so that a session that ends in between hides none.
      const offset = page === 0 ? 0 : pageSize - 1;
      const { count, items } = await run.methods.listSessions(
        { query: { ...queryOf(run), offset, limit: pageSize } },
        reading(run),
      );
      for (const session of items) sessions.set(session.id ?? JSON.stringify(session), session);
      if (sessions.size >= count) {
        for (const { id, machineName } of named)
          counts.set(id, [...sessions.values()].filter((one) => isOn(one, machineName)).length);
        return counts;
      }
    }
    run.isCrowded = true;
    return counts;
  }
  for (const { id, machineName } of inTurn(run, named)) {
    const query = { ...queryOf(run), machine_name: machineName, limit: pageSize };
    const { count, items } = await run.methods.listSessions({ query }, reading(run));
    const found = items.filter((session) => isOn(session, machineName)).length;
    counts.set(id, count > items.length ? Math.max(1, found) : found);
  }
  return counts;
}

/** The sessions on a server that are open. */
export async function sessionsOn(run: RolloutRun, { machineName }: SeenServer): Promise<string[]> {
  const ids: string[] = [];
  if (machineName === "") return ids;
  const query = { ...queryOf(run), machine_name: machineName, limit: pageSize };
  for await (const session of paginate(run.methods.listSessions, { query }, reading(run))) {
    if (isOn(session, machineName) && session.id) ids.push(session.id);
  }
  return ids;
}

/** Those whose looks are the fewest come first, so that every server has its turn. */
function inTurn({ emptyLooks }: RolloutRun, servers: readonly SeenServer[]): SeenServer[] {
  const looks = ({ id }: SeenServer) => emptyLooks.get(id) ?? 0;
  return servers.toSorted((a, b) => looks(b) - looks(a)).slice(0, listsAtOnce);
}

function queryOf({ client, state }: RolloutRun) {
  const nowMs = client.serviceClock.now();
  return {
    query_begin_time: new Date(nowMs - windowMs).toISOString(),
    query_end_time: new Date(nowMs + aheadMs).toISOString(),
    app_server_group_id: state.plan?.group.id ?? "",
    session_state: open,
  };
}

function isOn({ machine_name, session_state }: Session, machineName: string): boolean {
  return machine_name === machineName && !ended.includes(session_state ?? "");
}
