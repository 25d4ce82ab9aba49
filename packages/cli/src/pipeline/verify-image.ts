import { exitCode } from "../program/exit-code.ts";
import { printable } from "../terminal/width.ts";
import { commandEnvironment } from "./command-environment.ts";
import { done, note, type PipelineRun, type StepEnd } from "./pipeline-run.ts";
import { runCommand } from "./run-command.ts";

/** Has the user's command check the image. */
export async function verifyImage(run: PipelineRun): Promise<StepEnd> {
  const { context, golden, state } = run;
  const { verify } = golden;
  if (verify === undefined) return done("no command is given");
  if (state.isVerified) return done(printable(verify.run));
  context.log.print(`verify  ${printable(verify.run)}`);
  const problem = await runCommand(verify, {
    host: context.host,
    environment: commandEnvironment(run),
    signal: context.interruption.signal,
  });
  if (problem !== undefined) return { exitCode: exitCode.jobFailed, says: `${printable(verify.run)}: ${problem}` };
  await note(run, { type: "verified" });
  return done(printable(verify.run));
}
