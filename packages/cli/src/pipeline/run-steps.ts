import { UsageError } from "../arguments/usage-error.ts";
import { describeAny } from "../failure/report.ts";
import { exitCode } from "../program/exit-code.ts";
import { askApproval, goOnCommand } from "./ask-approval.ts";
import { buildImage } from "./build-image.ts";
import { type PipelineRun, type StepEnd, type StepName, type StepReport, steps } from "./pipeline-run.ts";
import { planGroups } from "./plan-groups.ts";
import { pruneOld } from "./prune-old.ts";
import { rollOutGroups } from "./roll-out-groups.ts";
import { verifyImage } from "./verify-image.ts";

const work: Readonly<Record<StepName, (run: PipelineRun) => Promise<StepEnd>>> = {
  image: buildImage,
  verify: verifyImage,
  plan: planGroups,
  approval: askApproval,
  rollout: rollOutGroups,
  prune: pruneOld,
};

/** What became of each step, and how the last one ended that was begun. */
export interface PipelineEnd {
  readonly reports: readonly StepReport[];
  readonly last: StepEnd;
}

/**
 * Carries the steps out, one after the other, until one does not end well.
 *
 * @param until the step after which it ends well; undefined for all.
 * @throws UsageError when a journal cannot be used.
 */
export async function runSteps(run: PipelineRun, until: StepName | undefined): Promise<PipelineEnd> {
  const { context, folder } = run;
  const reports: StepReport[] = [];
  let last: StepEnd = { exitCode: exitCode.done, says: "" };
  let isOver = false;
  for (const step of steps) {
    if (isOver) {
      reports.push({ step, result: "not begun", says: "" });
      continue;
    }
    last = await carryOut(run, step);
    const isWaiting = last.exitCode === exitCode.toApprove;
    const result = last.exitCode === exitCode.done ? "done" : isWaiting ? "waiting" : "stopped";
    reports.push({ step, result, says: last.says });
    isOver = result !== "done" || step === until;
    const help = last.help ?? [];
    if (result === "stopped") last = { ...last, help: [...help, `Go on with: ${goOnCommand(context, folder)}`] };
    else if (step === until) {
      const approving = step === "plan" ? ["--approve"] : [];
      last = { ...last, help: [...help, `Go on with: ${goOnCommand(context, folder, approving)}`] };
    }
  }
  return { reports, last };
}

async function carryOut(run: PipelineRun, step: StepName): Promise<StepEnd> {
  const { context } = run;
  try {
    context.interruption.signal.throwIfAborted();
    return await work[step](run);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const failure = await describeAny(error, { info: context.info, context });
    return { exitCode: failure.exitCode, says: failure.message, failure };
  }
}
