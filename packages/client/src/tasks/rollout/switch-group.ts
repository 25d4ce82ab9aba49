import type { components } from "../../generated/aps.ts";
import { insist } from "./insist.ts";
import type { RolloutPlan } from "./rollout-plan.ts";
import { note, type RolloutRun, reading, writing } from "./rollout-run.ts";
import { targetOf } from "./rollout-state.ts";

type PolicyBody = components["schemas"]["CreateOrUpdateScalingPolicyRequest"];

/** Gives the group the image that its servers get, so that it is that of servers that are made from now on. */
export async function switchGroup(run: RolloutRun): Promise<void> {
  const { methods, state } = run;
  const { imageId, imageType, imageProductId } = targetOf(state);
  if (state.groupImage?.isDone && state.groupImage.imageId === imageId) return;
  const path = { server_group_id: state.plan?.group.id ?? "" };
  const product = imageProductId === "" ? {} : { image_product_id: imageProductId };
  const body = { image_id: imageId, image_type: imageType, ...product };
  await note(run, { type: "group", step: "asked", to: "rollout" });
  await insist(run, () => methods.updateServerGroup({ path, body }, writing(run)));
  await note(run, { type: "group", step: "done", to: "rollout" });
}

/** Switches automatic scaling off, if the plan found it on. */
export async function switchScalingOff(run: RolloutRun): Promise<void> {
  const { methods, state } = run;
  const { plan, scaling } = state;
  if (plan?.scaling === undefined || scaling === "off") return;
  const body = bodyOf(plan, { enable: false });
  await note(run, { type: "scaling", step: "asked", to: "rollout" });
  await insist(run, () => methods.createOrUpdateScalingPolicy({ body }, writing(run)));
  await note(run, { type: "scaling", step: "done", to: "rollout" });
}

/** Switches automatic scaling on again as it was, unless somebody has given the group another policy meanwhile. */
export async function switchScalingOn(run: RolloutRun): Promise<void> {
  const { methods, state } = run;
  const { plan, scaling } = state;
  if (plan?.scaling === undefined || scaling === "before" || scaling === "on") return;
  const query = { server_group_id: plan.group.id };
  const now = await insist(run, () => methods.showScalingPolicy({ query }, reading(run)));
  await note(run, { type: "scaling", step: "asked", to: "after" });
  const isOurs = sameBut(now, plan.scaling);
  if (isOurs) {
    const body = bodyOf(plan, { enable: true });
    await insist(run, () => methods.createOrUpdateScalingPolicy({ body }, writing(run)));
  }
  await note(run, { type: "scaling", step: "done", to: "after" });
}

/** The policy of a plan, on or off. What the service shows of one, it takes; a request with less is refused unsent. */
function bodyOf({ group, scaling }: RolloutPlan, { enable }: { readonly enable: boolean }): PolicyBody {
  return { server_group_id: group.id, ...scaling, enable } as PolicyBody;
}

/** Whether two policies are the same but for being on. */
function sameBut(a: object, b: object): boolean {
  const text = (policy: object) => JSON.stringify(Object.entries({ ...policy, enable: true }).sort(byName));
  return text(a) === text(b);
}

function byName([a]: [string, unknown], [b]: [string, unknown]): number {
  return a < b ? -1 : 1;
}
