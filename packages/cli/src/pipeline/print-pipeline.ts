import { errorDocument, printFailure } from "../failure/report.ts";
import { writeJunit } from "../fleet/junit-file.ts";
import { appendSummary, markdownCell as cell } from "../log/github.ts";
import { printResult } from "../output/print.ts";
import { exitCode } from "../program/exit-code.ts";
import { rolloutJunit } from "../rollout/junit.ts";
import { rolloutLines } from "../rollout/print-report.ts";
import { table } from "../terminal/table.ts";
import { printable } from "../terminal/width.ts";
import type { PipelineRun, StepEnd, StepReport } from "./pipeline-run.ts";

/** Prints what a pipeline came to, and how it goes on. Resolves to the exit code. */
export async function printPipeline(
  { context, folder, state, reports, journal }: PipelineRun,
  steps: readonly StepReport[],
  last: StepEnd,
): Promise<number> {
  const { host, log } = context;
  const { failure, help = [] } = last;
  const stopped = failure === undefined ? undefined : { ...failure, help: [...failure.help, ...help] };
  const rollouts = reports.map(({ stoppedBy: _, ...plain }) => plain);
  await printResult(context, {
    document: {
      image: { serverId: journal.header.image.serverId, imageName: journal.header.image.name, ...state.image },
      steps,
      ...(state.plans === undefined ? {} : { plans: state.plans }),
      rollouts,
      ...(state.pruned === undefined ? {} : { pruned: state.pruned }),
      journal: folder,
      ...(stopped === undefined ? {} : { error: errorDocument(stopped) }),
    },
    isOwn: true,
    list: "steps",
    columns: ["step", "result", "says"],
    idAt: ["step"],
    nameAt: ["step"],
    lines: ({ paint, columns }) => [
      ...rollouts.flatMap((report) => [...rolloutLines(report, paint, columns), ""]),
      ...table(
        [{ text: "STEP" }, { text: "RESULT" }, { text: "", flexible: true }],
        steps.map(({ step, result, says }) => [
          { text: step },
          { text: result, paint: { done: paint.green, stopped: paint.red, waiting: paint.yellow }[result as "done"] },
          { text: printable(says) },
        ]),
        paint,
        columns,
      ),
    ],
  });
  await appendSummary(host, [
    `### ${state.image?.imageName ?? journal.header.image.name}`,
    "",
    "| step | result | |",
    "|---|---|---|",
    ...steps.map(({ step, result, says }) => `| ${step} | ${result} | ${cell(says)} |`),
    "",
    ...(state.plans ?? []).flatMap(({ group, servers }) => [
      `#### ${cell(group.name)}`,
      "",
      "| server | sessions | action | reason |",
      "|---|---|---|---|",
      ...servers.map((one) => `| ${cell(one.name)} | ${one.sessions} | ${one.action} | ${cell(one.reason ?? "")} |`),
      "",
    ]),
  ]);
  if (stopped !== undefined) printFailure(context, stopped, { isPrinted: true });
  else for (const line of help) log.note(line);
  const servers = rollouts.flatMap((report) => report.servers);
  const isWritten = await writeJunit(context, rolloutJunit({ servers }), "servers");
  return last.exitCode === exitCode.done && !isWritten ? exitCode.refused : last.exitCode;
}
