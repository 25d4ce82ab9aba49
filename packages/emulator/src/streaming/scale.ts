import { isOverLoad } from "./load.ts";
import type { AppServerRecord, ScalingPolicyRecord } from "./records.ts";
import { scalingEveryMs } from "./scaling.ts";
import { openSessionsOn, readyServers } from "./sessions.ts";
import type { StreamingState } from "./state.ts";
import { machineStates } from "./states.ts";

/** How scaling makes and deletes servers: by jobs, as everybody does. */
export interface ScalingTools {
  readonly takesDrained: boolean;
  create(groupId: string, count: number, atMs: number): void;
  delete(serverIds: readonly string[], atMs: number): void;
  isBusy(server: AppServerRecord): boolean;
  /** When the last job on a server ended, in milliseconds since 1970. */
  lastJobEndMs(server: AppServerRecord): number;
}

/** Looks at the policy of a group, and makes or deletes servers as it says. */
export function scale(streaming: StreamingState, groupId: string, atMs: number, tools: ScalingTools): void {
  const policy = streaming.scaling.get(groupId);
  if (policy?.enable !== true) return;
  streaming.agenda.push({ type: "scaling", groupId, dueMs: atMs + scalingEveryMs });
  const own = [...streaming.servers.values()].filter(({ server_group_id }) => server_group_id === groupId);
  const made = own.filter(({ scaling_auto_create }) => scaling_auto_create);
  const threshold = policy.scaling_policy_by_session.session_usage_threshold ?? 100;
  const isFull = usage(streaming, groupId, atMs) >= threshold || isOverLoad(streaming, groupId, policy, atMs);
  const isMaking = own.some((server) => server.vm_status === machineStates.building);
  const count = Math.min(policy.single_expansion_count, policy.max_scaling_amount - made.length);
  if (isFull && count > 0 && !isMaking) {
    tools.create(groupId, count, atMs);
    return;
  }
  const idle = made.filter((server) => isIdle(streaming, server, policy, atMs, tools)).map(({ id }) => id);
  if (idle.length > 0) tools.delete(idle, atMs);
}

/** The share of sessions that are taken on the servers that take users, in percent. */
function usage(streaming: StreamingState, groupId: string, atMs: number): number {
  const ready = readyServers(streaming, groupId);
  const most = ready.length * (streaming.groups.get(groupId)?.route_policy.max_session ?? 1);
  const taken = ready.reduce((sum, { id }) => sum + openSessionsOn(streaming, id, atMs).length, 0);
  return most === 0 ? 100 : (taken / most) * 100;
}

function isIdle(
  streaming: StreamingState,
  server: AppServerRecord,
  { scaling_policy_by_session: { shrink_after_session_idle_minutes: minutes } }: ScalingPolicyRecord,
  atMs: number,
  { takesDrained, isBusy, lastJobEndMs }: ScalingTools,
): boolean {
  if (isBusy(server) || (server.maintain_status && !takesDrained)) return false;
  const sessions = [...streaming.sessions.values()].filter(({ serverId }) => serverId === server.id);
  const lastMs = Math.max(lastJobEndMs(server), ...sessions.map(({ endMs }) => endMs ?? Infinity));
  return atMs - lastMs >= minutes * 60_000;
}
