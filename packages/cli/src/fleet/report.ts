import type { FleetResult } from "@workspace-aps/client";
import { formatDuration } from "../arguments/duration.ts";
import type { Description } from "../failure/description.ts";
import { describeAny, errorDocument, printFailure } from "../failure/report.ts";
import { targetOptionsOf, waitCommand } from "../failure/still-running.ts";
import { commandLine } from "../help/quote.ts";
import { writeSummary } from "../log/github.ts";
import { printResult } from "../output/print.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";
import { InterruptedError } from "../program/interruption.ts";
import type { Paint } from "../terminal/streams.ts";
import { pairs } from "../terminal/table.ts";
import { printable } from "../terminal/width.ts";
import { aboutCodes } from "./codes.ts";
import type { Existing } from "./if-exists.ts";
import { junit } from "./junit.ts";
import { writeJunit } from "./junit-file.ts";
import type { FleetView } from "./progress.ts";
import { entryOf, fleetExitCode, type SummaryEntry, summaryLines, tally } from "./summary.ts";

/** What is known of a run beside its outcomes. */
interface RunFacts {
  /** The file to go on from; undefined when nothing was noted. */
  readonly journal: string | undefined;
  /** Whether it was about one image that was typed. */
  readonly isSingle: boolean;
  /** Images that were there already, so that they were skipped. */
  readonly existing: readonly Existing[];
}

/** Prints the summary of a fleet, and what to do about what has not ended. Resolves to the exit code. */
export async function reportFleet(
  context: Context,
  result: FleetResult,
  view: FleetView,
  { journal, isSingle, existing }: RunFacts,
): Promise<number> {
  const { host, log } = context;
  const ended = await Promise.all(
    result.outcomes.map((outcome) => entryOf(outcome, view.durationMs(outcome.serverId))),
  );
  const skipped = existing.map(
    ({ image, imageId }): SummaryEntry => ({ serverId: image.serverId, name: image.name, result: "exists", imageId }),
  );
  const entries = [...skipped, ...ended];
  const help = result.allMade ? [] : [...aboutCodes(result.outcomes), ...goOn(context, entries, journal)];
  const stopped = "stoppedBy" in result ? await stop(context, result.stoppedBy, entries, help) : undefined;
  const documents = entries.map(({ cause: _, ...entry }) => entry);
  const [only] = documents;
  const counts = tally(entries);
  const notEnded = (counts.running ?? 0) + (counts.not_started ?? 0);
  const error = stopped === undefined ? {} : { error: errorDocument(stopped) };
  await printResult(context, {
    document: isSingle
      ? { ...only, journal, ...error }
      : {
          images: documents,
          counts: { ...counts, ...(notEnded > 0 ? { "not ended": notEnded } : {}) },
          journal,
          ...error,
        },
    isOwn: true,
    ...(isSingle ? {} : { list: "images" }),
    columns: ["server_id", "name", "result", "image_id", "job_id", "reason"],
    idAt: ["image_id", "job_id"],
    lines: ({ paint, columns }) =>
      isSingle && only?.imageId !== undefined ? madeLines(only, paint) : summaryLines(entries, paint, columns),
  });
  await writeSummary(host, entries);
  if (stopped !== undefined) printFailure(context, stopped, { isPrinted: true });
  else for (const line of help) log.note(line);
  // After the summary, which a disk that is full must not cost.
  const isWritten = await writeJunit(context, junit(entries), "images");
  const code = stopped?.exitCode ?? fleetExitCode(entries);
  return code === exitCode.done && !isWritten ? exitCode.refused : code;
}

function madeLines({ jobId = "", imageId = "", name, durationMs }: SummaryEntry, paint: Paint): string[] {
  return pairs(
    [
      ["job", { text: jobId }],
      ["image", { text: imageId, paint: paint.green }],
      ["name", { text: printable(name) }],
      ...(durationMs === undefined ? [] : [["took", { text: formatDuration(durationMs) }] as const]),
    ],
    paint,
  );
}

/** Why the run ended before its work. */
async function stop(
  context: Context,
  reason: unknown,
  entries: readonly SummaryEntry[],
  help: readonly string[],
): Promise<Description> {
  const description = await describeAny(reason, { info: context.info, context });
  const message = reason instanceof InterruptedError ? interruptedMessage(entries) : description.message;
  return { ...description, message, help: [...new Set([...description.help, ...help])] };
}

/** What is said when the program is ended although requests are under way. */
export function endedAtOnce(context: Context, path: string): Description {
  return {
    exitCode: exitCode.interrupted,
    kind: "InterruptedError",
    message: "Ended at once. Requests that were under way may have started jobs; the journal knows which.",
    help: goOn(context, [], path),
    facts: { journal: path },
  };
}

function interruptedMessage(entries: readonly SummaryEntry[]): string {
  const running = entries.filter(({ result }) => result === "running");
  if (running.length === 0) return "Interrupted. No job is running.";
  return [`Interrupted. Still running:`, ...running.map(({ jobId, name }) => `job ${jobId}  ${name}`)].join("\n");
}

/** How to go on with what has not ended. A run that noted nothing has nothing to go on from. */
function goOn(context: Context, entries: readonly SummaryEntry[], path: string | undefined): string[] {
  const running = entries.flatMap(({ result, jobId }) =>
    (result === "running" || result === "timed_out") && jobId !== undefined ? [jobId] : [],
  );
  const onlyFailed = entries.length > 0 && entries.every(({ result }) => result === "made" || result === "failed");
  const wait =
    running.length === 0 || running.length > 20 ? [] : [`Wait for them with: ${waitCommand(running, context)}`];
  if (path === undefined) return [...wait, "Nothing was sent. Start the same command again."];
  const doubt = entries.flatMap(({ result, serverId }) => {
    const resolve = commandLine(["image", "resolve", serverId, "--journal", path]);
    return result === "in_doubt"
      ? [`Look whether it was started, and say it with --job-id or --not-started: ${resolve}`]
      : [];
  });
  const again = ["image", "create", "--resume", "--journal", path, ...(onlyFailed ? ["--retry-failed"] : [])];
  return [...doubt.slice(0, 5), ...wait, `Go on with: ${commandLine([...again, ...targetOptionsOf(context)])}`];
}
