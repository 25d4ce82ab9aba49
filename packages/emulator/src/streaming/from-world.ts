import { serviceTime } from "../world/clock.ts";
import type { World } from "../world/world.ts";
import type { WorldServerGroup } from "../world/world-streaming.ts";
import { noTask } from "./machine.ts";
import { newAppServer } from "./new-app-server.ts";
import type { ServerGroupRecord, SessionRecord } from "./records.ts";
import { setScalingPolicy } from "./scaling.ts";
import { startingMs } from "./sessions.ts";
import type { StreamingState } from "./state.ts";
import { agentStates, machineStates } from "./states.ts";
import { startTraffic } from "./traffic.ts";

const halfAnHourMs = 30 * 60_000;

/** Adds to a project the server groups, servers and users that a world has in it. */
export function addStreaming(
  { id: projectId, streaming }: { readonly id: string; readonly streaming: StreamingState },
  world: World,
  nowMs: number,
): void {
  for (const group of world.serverGroups ?? []) {
    if (group.projectId !== projectId) continue;
    streaming.groups.set(group.id, groupOf(group, nowMs));
    if (group.scaling !== undefined) {
      setScalingPolicy(streaming, group.id, group.scaling, nowMs);
      streaming.pastScaling.delete(group.id);
    }
    if (group.load !== undefined) streaming.loads.set(group.id, group.load);
    if (group.traffic !== undefined) startTraffic(streaming, group.id, group.traffic, nowMs);
  }
  for (const one of world.appServers ?? []) {
    const group = streaming.groups.get(one.groupId);
    if (group === undefined) continue;
    const server = newAppServer(streaming, group, {
      id: one.id,
      name: one.name,
      isScaled: one.isScaled ?? false,
      tags: one.tags,
      instanceId: streaming.chance.uuid(),
      nowMs,
    });
    streaming.servers.set(one.id, {
      ...server,
      machine_name: one.machineName ?? server.machine_name,
      image_id: one.imageId ?? group.image_id,
      status: one.status ?? agentStates.registered,
      vm_status: one.vmStatus ?? machineStates.running,
      task_status: noTask,
      maintain_status: one.isInMaintenance ?? false,
    });
  }
  addUsers(streaming, world, nowMs);
  for (const { id, name, groupId, applications = 1 } of world.appGroups ?? [])
    if (streaming.groups.has(groupId))
      streaming.appGroups.set(id, { id, name, groupId, applications, create_at: serviceTime(nowMs) });
}

function addUsers(streaming: StreamingState, { sessions = [], visits = [] }: World, nowMs: number): void {
  for (const one of sessions) {
    const server = streaming.servers.get(one.serverId);
    if (server === undefined) continue;
    const startMs = nowMs - (one.startedAgoMs ?? halfAnHourMs);
    const session: SessionRecord = {
      id: one.id ?? streaming.chance.hex(32),
      user: one.user,
      serverId: server.id,
      machineName: server.machine_name,
      groupId: server.server_group_id,
      application: "Notepad",
      startMs,
      activeFromMs: startMs + startingMs,
      disconnectedFromMs: one.state === "Disconnected" ? startMs + startingMs : undefined,
      endMs: one.endsAfterMs === undefined ? undefined : nowMs + one.endsAfterMs,
      endedBy: one.endsAfterMs === undefined ? undefined : "user",
    };
    streaming.sessions.set(session.id, session);
  }
  for (const { user, groupId, afterMs, forMs } of visits)
    if (streaming.groups.has(groupId))
      streaming.agenda.push({ type: "visit", dueMs: nowMs + afterMs, user, groupId, forMs });
}

function groupOf(group: WorldServerGroup, nowMs: number): ServerGroupRecord {
  return {
    id: group.id,
    name: group.name,
    description: "",
    image_id: group.imageId,
    image_type: group.imageType ?? "private",
    image_product_id: "",
    os_type: "Windows",
    product_id: "workspace.appstream.general.xlarge.2",
    subnet_id: "a5842cb4-5718-4b0a-8b27-3a3e9c74f977",
    vpc_id: "59785ba5-e5d5-4836-b9de-19f22ac15175",
    system_disk_type: "SATA",
    system_disk_size: 60,
    is_vdi: false,
    app_type: group.appType ?? "COMMON_APP",
    server_group_status: group.isEnabled ?? true,
    storage_mount_policy: "USER",
    route_policy: { max_session: group.maxSession ?? 10, cpu_threshold: 80, mem_threshold: 80 },
    ou_name: "",
    tags: { ...group.tags },
    enterprise_project_id: group.enterpriseProjectId ?? "0",
    create_time: serviceTime(nowMs),
    update_time: serviceTime(nowMs),
  };
}
