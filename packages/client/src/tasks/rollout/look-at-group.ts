import { paginate } from "../paginate.ts";
import { type RolloutRun, reading } from "./rollout-run.ts";
import { type SeenServer, seenServer } from "./seen-server.ts";

const pageSize = 100;

/** Reads every server of the group: one request for each hundred. */
export async function lookAtGroup(run: RolloutRun): Promise<Map<string, SeenServer>> {
  const { client, state } = run;
  const query = { server_group_id: state.plan?.group.id ?? "", limit: pageSize };
  const first = await client.listServers({ query }, reading(run));
  const found = new Map(first.items.map((server) => [server.id, seenServer(server)]));
  if (found.size < first.count) {
    for await (const server of paginate(client.listServers, { query }, reading(run)))
      found.set(server.id, seenServer(server));
  }
  return found;
}
