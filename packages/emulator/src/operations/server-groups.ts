import { serviceRefusal } from "../http/refusal.ts";
import { changeGroup } from "../streaming/change.ts";
import type { ServerGroupRecord } from "../streaming/records.ts";
import { seeAppServers, seeGroups } from "../views/streaming.ts";
import { findGroup, seenGroup, usableImage } from "./find-streaming.ts";
import type { Handler } from "./operation.ts";
import { page } from "./page.ts";
import { groupDetails, groupView } from "./streaming-view.ts";

/** Server groups by part of their name, by id, type, tags and enterprise project. None of them is a standby group. */
export const listServerGroups: Handler = (call) => {
  const { project, view, query } = call;
  const { server_group_name: name = "", server_group_id: id = "", app_type: type = "" } = query as Filter;
  const enterprise = query.enterprise_project_id === undefined ? undefined : query.enterprise_project_id || "0";
  const tags = String(query.tags ?? "")
    .split(",")
    .filter(Boolean);
  const { count, items } = page<ServerGroupRecord>(
    call,
    (visit) => seeGroups(view, project.streaming).forEach(visit),
    (group) =>
      query.is_secondary_server_group !== "true" &&
      (enterprise === undefined || group.enterprise_project_id === enterprise) &&
      tags.every((tag) => Object.entries(group.tags).some(([key, value]) => tag === `${key}=${value}`)) &&
      group.name.includes(name) &&
      (id === "" || group.id === id) &&
      (type === "" || group.app_type === type),
    (group) => group.id,
  );
  return { status: 200, body: { count, items: items.map((group) => groupView(call, group)) } };
};

interface Filter {
  readonly server_group_name?: string;
  readonly server_group_id?: string;
  readonly app_type?: string;
}

/** One server group. */
export const showServerGroup: Handler = (call) => ({ status: 200, body: groupDetails(call, seenGroup(call)) });

/** How many servers of a group are in which state. States without a server are left out. */
export const showServerGroupState: Handler = (call) => {
  const { id } = seenGroup(call);
  const states: Record<string, number> = {};
  for (const { server_group_id, status } of seeAppServers(call.view, call.project.streaming))
    if (server_group_id === id) states[status] = (states[status] ?? 0) + 1;
  return { status: 200, body: { aps_status: states } };
};

type Change = Partial<Omit<ServerGroupRecord, "route_policy">> & {
  readonly route_policy?: Partial<ServerGroupRecord["route_policy"]>;
};

/** Changes a group. Its servers keep their image. */
export const updateServerGroup: Handler = (call) => {
  const { route, project, path, nowMs } = call;
  const group = findGroup(call, path.server_group_id as string);
  const { route_policy: policy, ...change } = call.body as Change;
  if (change.name !== undefined && isTaken(project.streaming.groups, group.id, change.name))
    throw serviceRefusal(route, 409, `There is a server group ${change.name} already.`);
  if (change.image_id !== undefined) {
    const image = usableImage(call, change.image_id);
    if (image.osType !== group.os_type)
      throw serviceRefusal(route, 409, `Image ${image.id} is of ${image.osType}, and the group of ${group.os_type}.`);
  }
  const routePolicy = policy === undefined ? {} : { route_policy: { ...group.route_policy, ...policy } };
  changeGroup(project.streaming, group, nowMs, { ...change, ...routePolicy } as Partial<ServerGroupRecord>);
  return { status: 200 };
};

function isTaken(groups: ReadonlyMap<string, ServerGroupRecord>, ownId: string, name: string): boolean {
  return [...groups.values()].some((group) => group.name === name && group.id !== ownId);
}
