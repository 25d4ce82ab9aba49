import type { Client } from "../../client.ts";
import { ApsError } from "../../errors/aps-error.ts";
import type { CallOptions } from "../../method.ts";
import { methodsOf } from "../../methods.ts";
import * as rolloutOperations from "./rollout-operations.ts";
import type { RolloutPlan } from "./rollout-plan.ts";

/**
 * Holds a plan against the world before anything is changed. What has changed about servers is seen by the run itself,
 * which looks at every server before it does anything with it.
 *
 * @throws ApsError when the plan must not be run, or not any more.
 */
export async function comparePlan(client: Client, plan: RolloutPlan, call: CallOptions): Promise<void> {
  const methods = methodsOf(client, rolloutOperations);
  const bad = plan.checks.filter(({ verdict }) => verdict === "bad");
  if (bad.length > 0) throw new ApsError(`rollOut: nothing was changed. ${bad.map(({ says }) => says).join(" ")}`);
  if (plan.from.imageId === plan.to.imageId && !plan.servers.some(({ action }) => action === "move")) return;
  const group = await methods.showServerGroup({ path: { server_group_id: plan.group.id } }, call);
  if (group.image_id !== plan.from.imageId) {
    const has = `group ${plan.group.name} has image ${group.image_id}, and the plan is for ${plan.from.imageId}`;
    throw new ApsError(`rollOut: nothing was changed: ${has}. Make another plan.`);
  }
  const policy = await methods.showScalingPolicy({ query: { server_group_id: plan.group.id } }, call);
  if ((plan.scaling !== undefined) !== (policy.enable === true)) {
    const is = policy.enable ? "on" : "off";
    throw new ApsError(`rollOut: nothing was changed: scaling is ${is}, and was not in the plan. Make another plan.`);
  }
}
