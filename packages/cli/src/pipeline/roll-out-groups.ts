import { type RolloutOptions, type RolloutPlan, rollOut } from "@workspace-aps/client";
import { describeAny } from "../failure/report.ts";
import { commandLine } from "../help/quote.ts";
import { openRolloutJournal } from "../rollout/open-journal.ts";
import { rolloutOptionsFrom } from "../rollout/options.ts";
import { mendLines, rolloutExitCodes } from "../rollout/print-report.ts";
import { showRollout } from "../rollout/progress.ts";
import { commandEnvironment } from "./command-environment.ts";
import { hasBegun, stepJournal } from "./pipeline-journal.ts";
import { done, note, type PipelineRun, type StepEnd } from "./pipeline-run.ts";
import { runCommand } from "./run-command.ts";

/** Rolls the image out to one group after the other. The first that does not come to its end is the last. */
export async function rollOutGroups(run: PipelineRun): Promise<StepEnd> {
  const { plans = [], rollouts } = run.state;
  for (const plan of plans) {
    if (rollouts.get(plan.group.id) === "done") continue;
    const ended = await rollOutGroup(run, plan);
    if (ended !== undefined) return ended;
  }
  return done(plans.length === 0 ? "no group is named" : plans.map(({ group }) => group.name).join(", "));
}

async function rollOutGroup(run: PipelineRun, plan: RolloutPlan): Promise<StepEnd | undefined> {
  const { context, client, folder, golden, reports } = run;
  const { id: groupId, name } = plan.group;
  const path = stepJournal(folder, { groupId });
  await using journal = await openRolloutJournal(client, path, { resume: await hasBegun(path) });
  const view = showRollout(context.log);
  const report = await rollOut(client, journal.records.length > 0 ? undefined : plan, {
    ...rolloutOptionsFrom(golden.rollout ?? {}, "rollout."),
    verify: verifierOf(run),
    journal,
    signal: context.interruption.signal,
    onProgress: view.onProgress,
  }).finally(view.end);
  reports.push(report);
  const { result, reason, stoppedBy } = report;
  if (result !== "interrupted") await note(run, { type: "rollout", groupId, result });
  if (result === "done") return undefined;
  const failure = stoppedBy === undefined ? undefined : await describeAny(stoppedBy, { info: context.info, context });
  const back = commandLine(["rollout", "back", "--journal", path]);
  return {
    exitCode: failure?.exitCode ?? rolloutExitCodes[result],
    says: `group ${name}: ${result}${reason === undefined ? "" : `: ${reason}`}`,
    help: [...mendLines(report), ...(result === "rolled back" ? [] : [`Take the group back with: ${back}`])],
    failure,
  };
}

/** Has the user's command check a server. What it says of a failure is the reason in the report. */
function verifierOf(run: PipelineRun): RolloutOptions["verify"] {
  const { context, golden } = run;
  const verify = golden.rollout?.verify;
  if (verify === undefined) return undefined;
  return async ({ id, name, machineName, imageId }) => {
    const server = { APS_SERVER_ID: id, APS_SERVER_NAME: name, APS_MACHINE_NAME: machineName, APS_IMAGE_ID: imageId };
    const problem = await runCommand(verify, {
      host: context.host,
      environment: { ...commandEnvironment(run), ...server },
      signal: context.interruption.signal,
    });
    if (problem !== undefined) throw new Error(`${verify.run}: ${problem}`);
  };
}
