import { lookAtServer } from "../jobs/advance.ts";
import { seeServers } from "../views/servers.ts";
import { writeRecord } from "../views/write-record.ts";
import { changeServer } from "../world/change-server.ts";
import type { ServerRecord } from "../world/state.ts";
import { findServer, seenServer } from "./find-server.ts";
import type { Call, Handler } from "./operation.ts";
import { page } from "./page.ts";

/** One image server. */
export const showImageServer: Handler = (call) => {
  lookAtServer(call, call.project, call.path.server_id as string);
  return { status: 200, body: serverView(call, seenServer(call)) };
};

/** Image servers by part of their name, by id and by enterprise project. */
export const listImageServers: Handler = (call) => {
  const { project, query, view } = call;
  const name = (query.server_name as string | undefined) ?? "";
  const id = (query.server_id as string | undefined) ?? "";
  const enterprise = normalise(query.enterprise_project_id as string | undefined);
  const { count, items } = page(
    call,
    seeServers(view, project),
    (server) =>
      server.name.includes(name) &&
      (id === "" || server.id === id) &&
      (query.enterprise_project_id === undefined || normalise(server.enterprise_project_id) === enterprise),
    (server) => server.id,
  );
  const body = { count, items: items.map((server) => serverView(call, server)) };
  for (const server of items) lookAtServer(call, project, server.id);
  return { status: 200, body };
};

/** Changes name and description. */
export const updateImageServer: Handler = (call) => {
  const server = findServer(call);
  const { name, description } = call.body as { name?: string; description?: string };
  changeServer(call.project, server, call.nowMs, {
    name: name ?? server.name,
    description: description ?? server.description,
  });
  return { status: 200 };
};

function serverView({ view }: Call, server: ServerRecord): object {
  return writeRecord(view, (resource) => resource === server.id, { ...server });
}

/** Empty and 0 both mean the default enterprise project. */
function normalise(enterpriseProjectId: string | undefined): string {
  return enterpriseProjectId || "0";
}
