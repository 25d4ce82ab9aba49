import { type FullClient, type PrunedImage, planRollout, pruneImages, type RolloutPlan } from "@workspace-aps/client";
import { namePattern } from "../arguments/name-pattern.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";
import { planLines } from "../rollout/print-plan.ts";
import { paintFor, widthOf } from "../terminal/streams.ts";
import { printable } from "../terminal/width.ts";
import type { Golden } from "./golden.ts";
import { done, note, type PipelineRun, type StepEnd } from "./pipeline-run.ts";

/** Plans what is done with each group, for a reviewer. With `--approve`, plans that were shown before are kept. */
export async function planGroups(run: PipelineRun): Promise<StepEnd> {
  const { context, client, golden, state } = run;
  if (state.isApproved) return done("approved");
  const isKept = state.plans !== undefined && context.given.switches.get("approve") === true;
  if (golden.rollout !== undefined && !isKept) {
    const plans = await plansOf(context, client, golden, state.image?.imageId);
    await note(run, { type: "plans", plans });
  }
  const { plans = [] } = state;
  showPlans(context, plans);
  if (golden.prune !== undefined) {
    const going = (await prunable(run)).filter(({ result }) => result === "to delete");
    const names = going.map(({ name }) => printable(name)).join(", ");
    context.log.print(`prune  ${going.length === 0 ? "nothing, as things are" : `deletes ${names}, as things are`}`);
  }
  const bad = plans.flatMap(({ checks }) => checks.filter(({ verdict }) => verdict === "bad"));
  if (bad.length > 0) return { exitCode: exitCode.refused, says: bad.map(({ says }) => says).join(" ") };
  return done(summaryOf(plans));
}

/** Plans for every group of the file. @param imageId undefined where the image is still to be made. */
export async function plansOf(
  { interruption }: Context,
  client: FullClient,
  { rollout, image }: Golden,
  imageId: string | undefined,
): Promise<RolloutPlan[]> {
  const plans: RolloutPlan[] = [];
  for (const serverGroupId of rollout?.groups ?? []) {
    plans.push(
      await planRollout(client, {
        serverGroupId,
        ...(imageId === undefined ? { imageId: image.name, isToBeMade: true } : { imageId }),
        maxUnavailable: rollout?.["max-unavailable"],
        canary: rollout?.canary,
        signal: interruption.signal,
      }),
    );
  }
  return plans;
}

/** What pruning would do now. */
export function prunable({
  context,
  client,
  golden,
}: Pick<PipelineRun, "context" | "client" | "golden">): Promise<PrunedImage[]> {
  const { name = "", keep = 1 } = golden.prune ?? {};
  return pruneImages(client, { keep, namePattern: namePattern(name), signal: context.interruption.signal });
}

/** What plans come to, in a line. */
function summaryOf(plans: readonly RolloutPlan[]): string {
  const servers = plans.flatMap((plan) => plan.servers);
  const moves = servers.filter(({ action }) => action === "move").length;
  return plans.length === 0 ? "no group is named" : `${moves} of ${servers.length} servers in ${plans.length} groups`;
}

/** Shows plans where a person reads; the standard output is for the document of the run. */
function showPlans({ host, log }: Context, plans: readonly RolloutPlan[]): void {
  if (log.options.level === "quiet" || log.options.format === "json") return;
  const paint = paintFor(host.err, host.environment);
  for (const plan of plans) host.err.write(`${planLines(plan, paint, widthOf(host.err)).join("\n")}\n\n`);
}
