import type { RolloutReport, RolloutResult } from "@workspace-aps/client";
import { describeAny, errorDocument, printFailure } from "../failure/report.ts";
import { writeJunit } from "../fleet/junit-file.ts";
import { commandLine } from "../help/quote.ts";
import { printResult } from "../output/print.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";
import type { Paint } from "../terminal/streams.ts";
import { table } from "../terminal/table.ts";
import { printable } from "../terminal/width.ts";
import { rolloutJunit } from "./junit.ts";

/** Prints what a rollout came to, and what to do about what it has left. Resolves to the exit code. */
export async function reportRollout(
  context: Context,
  report: RolloutReport,
  { path: journal, wanted }: { path: string; wanted: RolloutResult },
): Promise<number> {
  const { info, log } = context;
  const { stoppedBy, ...plain } = report;
  const again =
    report.result === "interrupted" ? [`Go on with: ${commandLine(["rollout", "resume", "--journal", journal])}`] : [];
  const help = [...mendLines(report), ...again];
  const found = stoppedBy === undefined ? undefined : await describeAny(stoppedBy, { info, context });
  const stopped = found === undefined ? undefined : { ...found, help: [...found.help, ...help] };
  await printResult(context, {
    document: { ...plain, journal, ...(stopped === undefined ? {} : { error: errorDocument(stopped) }) },
    isOwn: true,
    list: "servers",
    columns: ["id", "name", "state", "image_id", "sessions", "reason"],
    lines: ({ paint, columns }) => rolloutLines(report, paint, columns),
  });
  if (stopped !== undefined) printFailure(context, stopped, { isPrinted: true });
  else for (const line of help) log.note(line);
  const code = stopped?.exitCode ?? (report.result === wanted ? exitCode.done : rolloutExitCodes[report.result]);
  const isWritten = await writeJunit(context, rolloutJunit(report), "servers");
  return code === exitCode.done && !isWritten ? exitCode.refused : code;
}

/** What a rollout has left, each with the command that mends it. */
export function mendLines({ leftovers }: Pick<RolloutReport, "leftovers">): string[] {
  return leftovers.map(({ says, mend }) => `${says} Mend it with: ${mend}`);
}

/** Every server with what became of it, and how it all ended. */
export function rolloutLines(report: RolloutReport, paint: Paint, columns: number | undefined): string[] {
  return [
    ...table(
      [
        { text: "SERVER" },
        { text: "NAME", flexible: true },
        { text: "STATE" },
        { text: "SESSIONS" },
        { text: "REASON", flexible: true },
      ],
      report.servers.map(({ id, name, state, sessions, reason = "" }) => [
        { text: printable(id) },
        { text: printable(name) },
        { text: state, paint: state === "moved" ? paint.green : state === "failed" ? paint.red : undefined },
        { text: String(sessions) },
        { text: printable(reason) },
      ]),
      paint,
      columns,
    ),
    "",
    `${report.result}${report.reason === undefined ? "" : `: ${printable(report.reason)}`}`,
  ];
}

/** How the program ends after a rollout. */
export const rolloutExitCodes: Readonly<Record<RolloutReport["result"], number>> = {
  done: exitCode.done,
  incomplete: exitCode.refused,
  stopped: exitCode.jobFailed,
  "rolled back": exitCode.jobFailed,
  interrupted: exitCode.interrupted,
};
