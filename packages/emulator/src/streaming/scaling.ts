import { remember } from "../world/past.ts";
import type { ScalingPolicyRecord } from "./records.ts";
import type { StreamingState } from "./state.ts";

/** How often a policy is looked at, in milliseconds. */
export const scalingEveryMs = 60_000;

/** Gives a group a policy, or takes it away. One that is on is looked at every minute from now on. */
export function setScalingPolicy(
  streaming: StreamingState,
  groupId: string,
  policy: ScalingPolicyRecord | undefined,
  nowMs: number,
): void {
  const { agenda, scaling, pastScaling } = streaming;
  remember(pastScaling, groupId, scaling.get(groupId), nowMs);
  const isThis = (entry: (typeof agenda)[number]) => entry.type === "scaling" && entry.groupId === groupId;
  const kept = agenda.filter((entry) => !isThis(entry));
  agenda.splice(0, agenda.length, ...kept);
  if (policy === undefined) scaling.delete(groupId);
  else scaling.set(groupId, policy);
  if (policy?.enable) agenda.push({ type: "scaling", groupId, dueMs: nowMs + scalingEveryMs });
}
