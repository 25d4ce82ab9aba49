import { kebab, type Operation } from "./contract.ts";

/** What people type. An operation that is missing here gets a name by rule, so that a new one has a command at once. */
const chosen: Readonly<Record<string, readonly [noun: string, verb: string]>> = {
  RecreateServerImage: ["image", "create"],
  ListImageServers: ["server", "list"],
  ShowImageServer: ["server", "show"],
  CreateImageServer: ["server", "create"],
  UpdateImageServer: ["server", "update"],
  BatchDeleteImageServer: ["server", "delete"],
  AttachImageServerApp: ["server", "attach-apps"],
  ListLatestAttachedServerApp: ["server", "attached-apps"],
  ListImageJobs: ["job", "list"],
  ShowImageJob: ["job", "show"],
  ListImageSubJobs: ["sub-job", "list"],
  CountImageSubJobs: ["sub-job", "count"],
  BatchDeleteImageSubJobs: ["sub-job", "delete"],
  ListServerGroups: ["group", "list"],
  ShowServerGroup: ["group", "show"],
  UpdateServerGroup: ["group", "update"],
  ShowServerGroupState: ["group", "state"],
  ListServers: ["app-server", "list"],
  ShowServer: ["app-server", "show"],
  UpdateServer: ["app-server", "update"],
  BatchChangeServerMaintainMode: ["app-server", "maintain"],
  ChangeServerImage: ["app-server", "reimage-one"],
  BatchChangeServerImage: ["app-server", "reimage"],
  ReinstallServer: ["app-server", "reinstall-one"],
  BatchReinstallServer: ["app-server", "reinstall"],
  BatchRebootServer: ["app-server", "reboot"],
  ListAppGroup: ["app-group", "list"],
  ShowScalingPolicy: ["scaling", "show"],
  CreateOrUpdateScalingPolicy: ["scaling", "set"],
  DeleteScalingPolicy: ["scaling", "delete"],
  ListSessions: ["session", "list"],
  ListSessionByUserName: ["session", "list-of-user"],
  LogoffUserSession: ["session", "logoff"],
  CreateAppServers: ["app-server", "create"],
  BatchDeleteServer: ["app-server", "delete"],
  ShowJobDetail: ["server-job", "show"],
  ListSubJobs: ["server-sub-job", "list"],
  CountSubJobs: ["server-sub-job", "count"],
  ListImages: ["image", "list"],
  GlanceDeleteImage: ["image", "delete"],
  ShowImageQuota: ["image", "quota"],
  BatchAddOrDeleteTags: ["image", "tag"],
};

const nouns: Readonly<Record<string, string>> = {
  ImageServer: "server",
  Job: "job",
  Server: "app-server",
  ServerGroup: "group",
};

/** Shorter names of flags, next to those that follow from the contract. */
export const aliases: Readonly<Record<string, string>> = {
  "RecreateServerImage.execute-sysprep": "sysprep",
  "ListImages.imagetype": "type",
};

/** What a flag has when it is left out. Golden images are private, and would be lost among hundreds of public ones. */
export const usualValues: Readonly<Record<string, string>> = {
  "ListImages.imagetype": "private",
};

/**
 * Which properties a table shows, in this order; `took` is the time between begin and end. Names that the answer does not
 * have fail the build; an operation that is missing here shows every plain property.
 */
export const columns: Readonly<Record<string, readonly string[]>> = {
  ListImages: ["id", "name", "status", "min_disk", "created_at"],
  ListImageServers: ["id", "name", "status", "image_id", "create_time"],
  ListServerGroups: ["id", "name", "image_id", "image_name", "app_server_count"],
  ListServers: ["id", "name", "status", "maintain_status", "session_count", "image_id", "task_status"],
  ListImageJobs: ["id", "job_type", "status", "begin_time", "took"],
  ListAppGroup: ["id", "name", "app_server_group_id", "app_server_group_name", "app_type", "app_count"],
  ListSessions: ["id", "login_user", "session_state", "machine_name", "app_name", "start_time"],
  BatchChangeServerImage: ["server_id", "job_id", "error_code", "error_message"],
  BatchReinstallServer: ["server_id", "job_id", "error_code", "error_message"],
  ListSubJobs: [
    "id",
    "job_id",
    "job_type",
    "status",
    "job_resource_info.resource_id",
    "job_resource_info.resource_name",
    "error_code",
  ],
  ListImageSubJobs: [
    "id",
    "job_id",
    "job_type",
    "status",
    "job_resource_info.resource_id",
    "job_resource_info.resource_name",
    "job_execute_info.error_code",
  ],
};

/** The words that call an operation. */
export function wordsOf({ id, node }: Operation): readonly [noun: string, verb: string] {
  const tag = String(node.tags?.[0] ?? "api");
  return chosen[id] ?? [nouns[tag] ?? kebab(tag), kebab(id)];
}
