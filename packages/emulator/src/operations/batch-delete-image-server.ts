import { job as facts } from "../generated/contract.ts";
import { startJob } from "../jobs/start.ts";
import { serviceTime } from "../world/clock.ts";
import { requireState } from "./find-server.ts";
import type { Handler } from "./operation.ts";

/** Starts to delete image servers. Those that do not exist are ignored; one in a wrong state refuses the call. */
export const batchDeleteImageServer: Handler = ({ route, state, project, body, nowMs, fate }) => {
  const { items, recursive } = body as { items: readonly string[]; recursive: boolean };
  const servers = items.map((id) => project.servers.get(id)).filter((server) => server !== undefined);
  for (const server of servers) requireState(route, server);
  for (const server of servers) {
    server.status = facts.kinds.DELETE_SERVER.server.during;
    server.update_time = serviceTime(nowMs);
  }
  const parts = servers.map(({ id, name }) => ({ serverId: id, resourceName: name }));
  const job = startJob(state, project, { type: "DELETE_SERVER", nowMs, fate, parts, recursive });
  return { status: 200, body: { job_id: job.id } };
};
