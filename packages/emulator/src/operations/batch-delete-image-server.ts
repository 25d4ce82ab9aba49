import { job as facts } from "../generated/contract.ts";
import { startJob } from "../jobs/start.ts";
import { seeServer } from "../views/servers.ts";
import { changeServer } from "../world/change-server.ts";
import { requireState } from "./find-server.ts";
import type { Handler } from "./operation.ts";

/** Starts to delete image servers. Those that do not exist are ignored; one in a wrong state refuses the call. */
export const batchDeleteImageServer: Handler = (call) => {
  const { state, project, body, nowMs, fate, view } = call;
  const { items, recursive } = body as { items: readonly string[]; recursive: boolean };
  const servers = items.map((id) => project.servers.get(id)).filter((server) => server !== undefined);
  for (const server of servers) requireState(call, seeServer(view, project, server.id) ?? server);
  for (const server of servers)
    changeServer(project, server, nowMs, { status: facts.kinds.DELETE_SERVER.server.during });
  const parts = servers.map(({ id, name }) => ({ serverId: id, resourceName: name }));
  const job = startJob(state, project, { family: "image", type: "DELETE_SERVER", nowMs, fate, parts, recursive });
  return { status: 200, body: { job_id: job.id } };
};
