import { writeFile } from "node:fs/promises";
import type { RolloutReport } from "@workspace-aps/client";
import { describeAny, errorDocument, printFailure } from "../failure/report.ts";
import { commandLine } from "../help/quote.ts";
import { printResult } from "../output/print.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";
import { table } from "../terminal/table.ts";
import { printable } from "../terminal/width.ts";
import { rolloutJunit } from "./junit.ts";

/** Prints what a rollout came to, and what to do about what it has left. Resolves to the exit code. */
export async function reportRollout(context: Context, report: RolloutReport, journal: string): Promise<number> {
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
    lines: ({ paint, columns }) => [
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
    ],
  });
  if (stopped !== undefined) printFailure(context, stopped, { isPrinted: true });
  else for (const line of help) log.note(line);
  const file = given.texts.get("junit")?.[0];
  const isWritten = file === undefined || (await written(host.locate(file), report));
  if (!isWritten) host.err.write(`aps: --junit: ${file} cannot be written. The servers are not affected.\n`);
  const code = stopped?.exitCode ?? codes[report.result as keyof typeof codes];
  return code === exitCode.done && !isWritten ? exitCode.refused : code;
}

const codes = {
  done: exitCode.done,
  incomplete: exitCode.refused,
  stopped: exitCode.jobFailed,
  "rolled back": exitCode.jobFailed,
  interrupted: exitCode.interrupted,
};

async function written(path: string, report: RolloutReport): Promise<boolean> {
  return writeFile(path, rolloutJunit(report)).then(
    () => true,
    () => false,
  );
}
