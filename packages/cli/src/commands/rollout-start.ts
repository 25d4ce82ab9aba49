import { planRollout, type RolloutPlan, rollOut } from "@workspace-aps/client";
import { UsageError } from "../arguments/usage-error.ts";
import { connect } from "../connection/connect.ts";
import { readText } from "../files/read-text.ts";
import { refuseJunit } from "../fleet/junit-file.ts";
import type { Context } from "../program/context.ts";
import { InterruptedError } from "../program/interruption.ts";
import { openRolloutJournal } from "../rollout/open-journal.ts";
import { planOptionsOf, rolloutOptionsOf } from "../rollout/options.ts";
import { planLines } from "../rollout/print-plan.ts";
import { runRollout } from "../rollout/run.ts";
import { askYes, canAsk } from "../terminal/ask.ts";
import { paintFor, widthOf } from "../terminal/streams.ts";

/** `aps rollout start`: rolls an image out by a plan from a file, or by one that is made now and approved. */
export async function rolloutStart(context: Context): Promise<number> {
  const { given, host, interruption } = context;
  rolloutOptionsOf(context);
  const file = given.texts.get("plan")?.[0];
  const isApproved = given.switches.get("approve") === true;
  if (file !== undefined && (given.positionals.length > 0 || given.texts.has("image")))
    throw new UsageError("Give a plan, or a group and an image, but not both.");
  if (file === undefined && !isApproved && !canAsk(host))
    throw new UsageError("Nobody can be asked here. Give --plan with a plan that was reviewed, or --approve.");
  await refuseJunit(context);
  const read = file === undefined ? undefined : await planIn(context, file);
  const client = connect(context);
  const plan = read ?? (await planRollout(client, { ...planOptionsOf(context), signal: interruption.signal }));
  if (read === undefined && !isApproved) await confirmPlan(context, plan);
  const path = host.locate(given.texts.get("journal")?.[0] ?? `${file ?? plan.group.id}.journal`);
  await using journal = await openRolloutJournal(client, path, { resume: false });
  // Awaited here, because the journal is closed when this function returns.
  return await runRollout(context, { journal, path, wanted: "done" }, (options) => rollOut(client, plan, options));
}

async function planIn({ host }: Context, file: string): Promise<RolloutPlan> {
  try {
    const plan = JSON.parse(await readText("--plan", file, host)) as RolloutPlan;
    if (plan.version === 1 && plan.group.id && plan.to.imageId && Array.isArray(plan.servers)) return plan;
  } catch (error) {
    if (error instanceof UsageError) throw error;
  }
  throw new UsageError(`--plan: ${file} holds no plan that rollout plan has written. Nothing was sent.`);
}

async function confirmPlan({ host, interruption }: Context, plan: RolloutPlan): Promise<void> {
  const paint = paintFor(host.err, host.environment);
  host.err.write(`${planLines(plan, paint, widthOf(host.err)).join("\n")}\n`);
  if (!(await askYes(host, "Roll it out?", interruption))) throw new InterruptedError("Nothing was done.");
}
