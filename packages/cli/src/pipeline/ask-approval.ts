import { targetOptionsOf } from "../failure/still-running.ts";
import { commandLine } from "../help/quote.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";
import { askYes, canAsk } from "../terminal/ask.ts";
import { done, note, type PipelineRun, type StepEnd } from "./pipeline-run.ts";

/** Nobody gets the image, and nothing is deleted, before somebody has said so: by `--approve`, or on the terminal. */
export async function askApproval(run: PipelineRun): Promise<StepEnd> {
  const { context, golden, state, folder } = run;
  if (golden.rollout === undefined && golden.prune === undefined) return done("none is needed");
  if (state.isApproved) return done("approved");
  const { host, interruption, given } = context;
  if (given.switches.get("approve") !== true) {
    const isApproved = canAsk(host) && (await askYes(host, "Go on with this?", interruption));
    interruption.signal.throwIfAborted();
    if (!isApproved) {
      const help = [`Approve it, and go on, with: ${goOnCommand(context, folder, ["--approve"])}`];
      return { exitCode: exitCode.toApprove, says: "Nobody has the image yet; somebody has to approve.", help };
    }
  }
  await note(run, { type: "approved" });
  return done("approved");
}

/** The command that goes on with this run. */
export function goOnCommand(context: Context, folder: string, more: readonly string[] = []): string {
  const [file = ""] = context.given.positionals;
  const place = ["--journal", folder, "--resume", ...more, ...targetOptionsOf(context)];
  return commandLine(["pipeline", "run", file, ...place]);
}
