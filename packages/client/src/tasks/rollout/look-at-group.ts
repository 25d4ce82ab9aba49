import { ApiError } from "../../errors/api-error.ts";
import { largestPage } from "../../generated/contract.ts";
import { paginate } from "../paginate.ts";
import { type RolloutRun, reading } from "./rollout-run.ts";
import type { RolloutState } from "./rollout-state.ts";
import { type SeenServer, seenServer } from "./seen-server.ts";

/**
 * Reads every server of the group: one request for each hundred. A server that the rollout is about, and that the list does
 * not show, is asked for by itself, because a list may lack what is there.
 */
export async function lookAtGroup(run: RolloutRun): Promise<Map<string, SeenServer>> {
  const { methods, state } = run;
  const query = { server_group_id: state.plan?.group.id ?? "", limit: largestPage };
  const first = await methods.listServers({ query }, reading(run));
  const found = new Map(first.items.map((server) => [server.id, seenServer(server)]));
  if (found.size < first.count) {
    for await (const server of paginate(methods.listServers, { query }, reading(run)))
      found.set(server.id, seenServer(server));
  }
  for (const id of serversInWork(state)) {
    if (found.has(id)) continue;
    const server = await lookAtServer(run, id);
    if (server !== undefined) found.set(id, server);
  }
  return found;
}

/** The servers that are to be moved, or are in hand, but for those that are left. */
export function serversInWork({ plan, servers }: RolloutState): Set<string> {
  const ids = new Set(plan?.servers.filter(({ action }) => action === "move").map(({ id }) => id));
  for (const [id, { hold, reimage }] of servers) if (hold !== "none" || reimage !== undefined) ids.add(id);
  for (const [id, { left }] of servers) if (left !== undefined) ids.delete(id);
  return ids;
}

async function lookAtServer(run: RolloutRun, id: string): Promise<SeenServer | undefined> {
  try {
    return seenServer(await run.methods.showServer({ path: { server_id: id } }, reading(run)));
  } catch (error) {
    if (error instanceof ApiError && error.status === 404) return undefined;
    throw error;
  }
}
