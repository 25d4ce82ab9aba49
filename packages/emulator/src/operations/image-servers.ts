import { lookAtServer } from "../jobs/advance.ts";
import { serviceTime } from "../world/clock.ts";
import type { ServerRecord } from "../world/state.ts";
import { findServer } from "./find-server.ts";
import type { Handler } from "./operation.ts";
import { page } from "./page.ts";

/** One image server. */
export const showImageServer: Handler = (call) => {
  const { state, project, path, pace, nowMs } = call;
  lookAtServer(state, project, path.server_id as string, pace, nowMs);
  return { status: 200, body: { ...findServer(call) } };
};

/** Image servers by part of their name, by id and by enterprise project. */
export const listImageServers: Handler = ({ state, project, query, pace, nowMs }) => {
  const name = (query.server_name as string | undefined) ?? "";
  const id = (query.server_id as string | undefined) ?? "";
  const enterprise = normalise(query.enterprise_project_id as string | undefined);
  const { count, items } = page<ServerRecord>(
    (visit) => project.servers.forEach(visit),
    query,
    (server) =>
      server.name.includes(name) &&
      (id === "" || server.id === id) &&
      (query.enterprise_project_id === undefined || normalise(server.enterprise_project_id) === enterprise),
  );
  const body = { count, items: items.map((server) => ({ ...server })) };
  for (const server of items) lookAtServer(state, project, server.id, pace, nowMs);
  return { status: 200, body };
};

/** Changes name and description. */
export const updateImageServer: Handler = (call) => {
  const server = findServer(call);
  const { name, description } = call.body as { name?: string; description?: string };
  server.name = name ?? server.name;
  server.description = description ?? server.description;
  server.update_time = serviceTime(call.nowMs);
  return { status: 200 };
};

/** Empty and 0 both mean the default enterprise project. */
function normalise(enterpriseProjectId: string | undefined): string {
  return enterpriseProjectId || "0";
}
