import { lookAtServer } from "../jobs/advance.ts";
import { changeAppServer } from "../streaming/change.ts";
import { reboot } from "../streaming/reboot.ts";
import type { AppServerRecord } from "../streaming/records.ts";
import { seeAppServers } from "../views/streaming.ts";
import { findAppServer, findIdleServers, seenAppServer } from "./find-streaming.ts";
import type { Handler } from "./operation.ts";
import { page } from "./page.ts";
import { appServerDetails, appServerView } from "./streaming-view.ts";

interface Filter {
  readonly server_group_id?: string;
  readonly server_name?: string;
  readonly machine_name?: string;
  readonly ip_addr?: string;
  readonly server_id?: string;
  readonly maintain_status?: string;
  readonly scaling_auto_create?: string;
}

/** Application servers by group, by part of names or address, by id and by two of their flags. */
export const listServers: Handler = (call) => {
  const { project, view, query } = call;
  const filter = query as Filter;
  const { count, items } = page<AppServerRecord>(
    call,
    (visit) => seeAppServers(view, project.streaming).forEach(visit),
    (server) =>
      (filter.server_group_id === undefined || server.server_group_id === filter.server_group_id) &&
      server.name.includes(filter.server_name ?? "") &&
      server.machine_name.includes(filter.machine_name ?? "") &&
      server.addr.includes(filter.ip_addr ?? "") &&
      (!filter.server_id || server.id === filter.server_id) &&
      (!filter.maintain_status || String(server.maintain_status) === filter.maintain_status) &&
      (!filter.scaling_auto_create || String(server.scaling_auto_create) === filter.scaling_auto_create),
    (server) => server.id,
  );
  const body = { count, items: items.map((server) => appServerView(call, server)) };
  for (const { id } of items) lookAtServer(call, project, id);
  return { status: 200, body };
};

/** One application server. */
export const showServer: Handler = (call) => {
  lookAtServer(call, call.project, call.path.server_id as string);
  return { status: 200, body: appServerDetails(call, seenAppServer(call)) };
};

/** Changes name, description and maintenance mode. */
export const updateServer: Handler = (call) => {
  const server = findAppServer(call, call.path.server_id as string);
  const change = call.body as { name?: string; description?: string; maintain_status?: boolean };
  changeAppServer(call.project.streaming, server, call.nowMs, change);
  return { status: 200 };
};

/** Puts servers into maintenance mode, or takes them out of it. Their sessions stay. */
export const batchChangeServerMaintainMode: Handler = (call) => {
  const { items, maintain_status } = call.body as { items: readonly string[]; maintain_status: boolean };
  for (const server of findIdleServers(call, items))
    changeAppServer(call.project.streaming, server, call.nowMs, { maintain_status });
  return { status: 200 };
};

/** Restarts servers, whose users lose their sessions. There is no job. */
export const batchRebootServer: Handler = (call) => {
  const { items, type } = call.body as { items: readonly string[]; type: string };
  const { project, pace, nowMs, rules } = call;
  for (const server of findIdleServers(call, items))
    reboot(project.streaming, server, { isHard: type === "HARD", isAtOnce: pace === "instant", nowMs, rules });
  return { status: 200 };
};
