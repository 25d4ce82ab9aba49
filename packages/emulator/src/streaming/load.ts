import type { ScalingPolicyRecord } from "./records.ts";
import { openSessionsOn, readyServers } from "./sessions.ts";
import type { StreamingState } from "./state.ts";

/** The load of the servers of a group that take users, on average and in percent, as far as sessions make it. */
function loadOf(streaming: StreamingState, groupId: string, atMs: number) {
  const ready = readyServers(streaming, groupId);
  const most = streaming.groups.get(groupId)?.route_policy.max_session ?? 1;
  const { cpu = 100 / most, memory = cpu, gpu = 0 } = streaming.loads.get(groupId) ?? {};
  const sessions = ready.reduce((sum, { id }) => sum + openSessionsOn(streaming, id, atMs).length, 0);
  const share = (each: number) => (ready.length === 0 ? 0 : Math.min(100, (each * sessions) / ready.length));
  return { cpu: share(cpu), memory: share(memory), gpu: share(gpu) };
}

/** Whether the servers of a group are so busy that its policy adds some. One threshold is enough. */
export function isOverLoad(
  streaming: StreamingState,
  groupId: string,
  { scaling_policy_by_resource: thresholds }: ScalingPolicyRecord,
  atMs: number,
): boolean {
  if (thresholds === undefined) return false;
  const { cpu, memory, gpu } = loadOf(streaming, groupId, atMs);
  const isOver = (load: number, threshold = Number.POSITIVE_INFINITY) => load >= threshold;
  return (
    isOver(cpu, thresholds.cpu_usage_threshold) ||
    isOver(memory, thresholds.mem_usage_threshold) ||
    isOver(gpu, thresholds.gpu_usage_threshold)
  );
}
