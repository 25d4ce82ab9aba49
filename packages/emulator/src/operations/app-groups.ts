import type { AppGroupRecord } from "../streaming/records.ts";
import { writeRecord } from "../views/write-record.ts";
import type { Call, Handler } from "./operation.ts";
import { page } from "./page.ts";

interface Filter {
  readonly app_server_group_id?: string;
  readonly app_group_id?: string;
  readonly name?: string;
  readonly authorization_type?: string;
  readonly app_type?: string;
}

/** Application groups by server group, by id, by part of their name and by their two types. */
export const listAppGroup: Handler = (call) => {
  const filter = call.query as Filter;
  const { count, items } = page<AppGroupRecord>(
    call,
    (visit) => call.project.streaming.appGroups.forEach(visit),
    (group) => {
      const shown = appGroupView(call, group);
      return (
        (!filter.app_server_group_id || group.groupId === filter.app_server_group_id) &&
        (!filter.app_group_id || group.id === filter.app_group_id) &&
        group.name.includes(filter.name ?? "") &&
        (!filter.authorization_type || shown.authorization_type === filter.authorization_type) &&
        (!filter.app_type || shown.app_type === filter.app_type)
      );
    },
    ({ id }) => id,
  );
  return { status: 200, body: { count, items: items.map((group) => appGroupView(call, group)) } };
};

function appGroupView({ project, view }: Call, group: AppGroupRecord): Record<string, unknown> {
  const on = project.streaming.groups.get(group.groupId);
  return writeRecord(view, (resource) => resource === group.id || resource === group.groupId, {
    id: group.id,
    name: group.name,
    description: "",
    app_server_group_id: group.groupId,
    app_server_group_name: on?.name ?? "",
    app_type: on?.app_type ?? "COMMON_APP",
    authorization_type: "APP_GROUP",
    app_count: group.applications,
    create_at: group.create_at,
    tenant_id: project.id,
  });
}
