import { ApsError } from "@workspace-aps/client";
import { UsageError } from "../arguments/usage-error.ts";
import { connect } from "../connection/connect.ts";
import { printFailure } from "../failure/report.ts";
import { refuseJunit } from "../fleet/junit-file.ts";
import { goOnCommand } from "../pipeline/ask-approval.ts";
import { goldenImage } from "../pipeline/golden-image.ts";
import { lookFirst } from "../pipeline/look-first.ts";
import { openPipelineJournal, replayPipeline } from "../pipeline/pipeline-journal.ts";
import { note, type PipelineRun, type StepName } from "../pipeline/pipeline-run.ts";
import { printDryRun } from "../pipeline/print-dry-run.ts";
import { printPipeline } from "../pipeline/print-pipeline.ts";
import { readGolden } from "../pipeline/read-golden.ts";
import { runSteps } from "../pipeline/run-steps.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";

/** `aps pipeline run <file>`: makes an image, checks it, rolls it out and prunes, as a file says. */
export async function pipelineRun(context: Context): Promise<number> {
  const { given, host, interruption } = context;
  const [file, ...more] = given.positionals;
  if (file === undefined || more.length > 0) throw new UsageError("Name one file.");
  const name = given.texts.get("journal")?.[0];
  if (file === "-" && name === undefined)
    throw new UsageError("Standard input has no name. Name a folder with --journal.");
  const golden = await readGolden(file, host);
  await refuseJunit(context);
  const client = connect(context);
  if (given.switches.get("dry-run") === true) return printDryRun(context, client, golden);

  const folder = host.locate(name ?? `${file}.run`);
  const image = (atMs: number) => goldenImage(golden, atMs);
  const groups = golden.rollout?.groups ?? [];
  const resume = given.switches.get("resume") === true;
  await using journal = await openPipelineJournal(client, folder, { resume, image, groups });
  if (journal.caution !== undefined) context.log.note(journal.caution);
  const state = replayPipeline(journal.records);
  const run: PipelineRun = { context, client, golden, folder, journal, state, reports: [] };
  if (journal.records.length === 0) {
    const { problems } = await lookFirst(context, client, golden, journal.header.image);
    if (problems.length > 0) throw new ApsError([...problems, "Nothing was started."].join("\n"));
    await note(run, { type: "begin" });
  }
  const takeBack = interruption.lastWords(() =>
    printFailure(context, {
      exitCode: exitCode.interrupted,
      kind: "InterruptedError",
      message: "Ended at once. Requests that were under way may have been carried out; the journals know which.",
      help: [`Go on with: ${goOnCommand(context, folder)}`],
      facts: { journal: folder },
    }),
  );
  try {
    const { reports, last } = await runSteps(run, given.texts.get("until")?.[0] as StepName | undefined);
    // Awaited here, because the journal is closed when this function returns.
    return await printPipeline(run, reports, last);
  } finally {
    takeBack();
  }
}
