import type { FleetResult } from "@workspace-aps/client";
import type { Description } from "../failure/describe.ts";
import { describeAny, errorDocument, printFailure } from "../failure/report.ts";
import { targetOptionsOf, waitCommand } from "../failure/still-running.ts";
import { commandLine } from "../help/quote.ts";
import { formatOf, printJson, printLines } from "../output/result.ts";
import type { CommandInfo } from "../program/catalogue.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";
import { InterruptedError } from "../program/interruption.ts";
import { aboutCodes } from "./codes.ts";
import { writeJunit } from "./junit-file.ts";
import type { FleetView } from "./progress.ts";
import { entryOf, fleetExitCode, type SummaryEntry, summaryLines, tally } from "./summary.ts";

/**
 * Prints the summary of a fleet, and what to do about what has not ended. Resolves to the exit code.
 *
 * @param journal the file to go on from; undefined when nothing was noted.
 */
export async function reportFleet(
  context: Context,
  result: FleetResult,
  view: FleetView,
  journal: string | undefined,
): Promise<number> {
  const { given, host, info } = context;
  const format = formatOf(given, host);
  const entries = await Promise.all(
    result.outcomes.map((outcome) => entryOf(outcome, view.durationMs(outcome.serverId))),
  );
  const help = result.allMade ? [] : [...aboutCodes(result.outcomes), ...goOn(context, entries, journal)];
  const stopped = "stoppedBy" in result ? await stop(result.stoppedBy, entries, help, info) : undefined;
  if (format === "json") {
    printJson(host, {
      images: entries,
      counts: tally(entries),
      journal,
      ...(stopped === undefined ? {} : { error: errorDocument(stopped) }),
    });
  } else printLines(host, (paint, columns) => summaryLines(entries, paint, columns));
  if (stopped !== undefined) printFailure(stopped, host, { json: false });
  else for (const line of help) host.err.write(`${line}\n`);
  // After the summary, which a disk that is full must not cost.
  const isWritten = await writeJunit(given.texts.get("junit")?.[0], entries, host);
  const code = stopped?.exitCode ?? fleetExitCode(entries);
  return code === exitCode.done && !isWritten ? exitCode.refused : code;
}

/** Why the run ended before its work. */
async function stop(
  reason: unknown,
  entries: readonly SummaryEntry[],
  help: readonly string[],
  info: CommandInfo,
): Promise<Description> {
  const description = await describeAny(reason, info);
  const message = reason instanceof InterruptedError ? interruptedMessage(entries) : description.message;
  return { ...description, message, help: [...description.help, ...help] };
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
  const running = entries.filter(({ result, jobId }) => result === "not ended" && jobId !== undefined);
  if (running.length === 0) return "Interrupted. No job is running.";
  return [`Interrupted. Still running:`, ...running.map(({ jobId, name }) => `job ${jobId}  ${name}`)].join("\n");
}

/** How to go on with what has not ended. A run that noted nothing has nothing to go on from. */
function goOn(context: Context, entries: readonly SummaryEntry[], path: string | undefined): string[] {
  const running = entries.flatMap(({ result, jobId }) =>
    (result === "not ended" || result === "timed out") && jobId !== undefined ? [jobId] : [],
  );
  const onlyFailed = entries.length > 0 && entries.every(({ result }) => result === "made" || result === "failed");
  const wait =
    running.length === 0 || running.length > 20 ? [] : [`Wait for them with: ${waitCommand(running, context)}`];
  if (path === undefined) return [...wait, "Nothing was sent. Start the same command again."];
  const again = ["image", "create", "--resume", "--journal", path, ...(onlyFailed ? ["--retry-failed"] : [])];
  return [...wait, `Go on with: ${commandLine([...again, ...targetOptionsOf(context)])}`];
}
