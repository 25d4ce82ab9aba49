import { serviceRefusal } from "../http/refusal.ts";
import type { ScalingPolicyRecord } from "../streaming/records.ts";
import { setScalingPolicy } from "../streaming/scaling.ts";
import { seeScalingPolicy } from "../views/streaming.ts";
import { findGroup } from "./find-streaming.ts";
import type { Handler } from "./operation.ts";

/** What is shown of a group that was given none. Its numbers are this emulator's. */
const noPolicy: ScalingPolicyRecord = {
  enable: false,
  max_scaling_amount: 1,
  single_expansion_count: 1,
  scaling_policy_by_session: { session_usage_threshold: 100, shrink_after_session_idle_minutes: 120 },
};

/** The scaling policy of a server group. */
export const showScalingPolicy: Handler = (call) => {
  const { id } = findGroup(call, call.query.server_group_id as string);
  return { status: 200, body: seeScalingPolicy(call.view, call.project.streaming, id) ?? noPolicy };
};

/** Gives a server group a scaling policy. */
export const createOrUpdateScalingPolicy: Handler = (call) => {
  const { server_group_id: id, ...policy } = call.body as ScalingPolicyRecord & { readonly server_group_id: string };
  const group = findGroup(call, id);
  if (policy.scaling_policy_by_session === undefined)
    throw serviceRefusal(call.route, 400, "body/scaling_policy_by_session is missing.");
  const record = { ...policy, enable: policy.enable ?? true };
  setScalingPolicy(call.project.streaming, group.id, record, call.nowMs);
  return { status: 200, body: record };
};

/** Takes a scaling policy away. */
export const deleteScalingPolicy: Handler = (call) => {
  const { id } = findGroup(call, call.query.server_group_id as string);
  setScalingPolicy(call.project.streaming, id, undefined, call.nowMs);
  return { status: 200 };
};
