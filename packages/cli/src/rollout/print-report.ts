import { writeFile } from "node:fs/promises";
import type { RolloutReport, RolloutResult } from "@workspace-aps/client";
import { describeAny, errorDocument, printFailure } from "../failure/report.ts";
import { commandLine } from "../help/quote.ts";
import { printResult } from "../output/print.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";
import type { Host } from "../program/host.ts";
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
  const { given, host, info, log } = context;
  const { stoppedBy, ...plain } = report;
  const again =
    report.result === "interrupted" ? [`Go on with: ${commandLine(["rollout", "resume", "--journal", journal])}`] : [];
  const help = [...report.leftovers.map(({ says, mend }) => `${says} Mend it with: ${mend}`), ...again];
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
  const isWritten = await writeRolloutJunit(given.texts.get("junit")?.[0], report.servers, host);
  return code === exitCode.done && !isWritten ? exitCode.refused : code;
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

/** Writes servers as JUnit XML. Resolves to whether the file is there as it was asked for. */
export async function writeRolloutJunit(
  file: string | undefined,
  servers: RolloutReport["servers"],
  { err, locate }: Host,
): Promise<boolean> {
  if (file === undefined) return true;
  try {
    await writeFile(locate(file), rolloutJunit({ servers }));
    return true;
  } catch {
    err.write(`aps: --junit: ${file} cannot be written. The servers are not affected.\n`);
    return false;
  }
}
