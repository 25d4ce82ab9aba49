import type { FleetOutcome } from "@workspace-aps/client";
import { formatDuration } from "../arguments/duration.ts";
import { describeAny } from "../failure/report.ts";
import { exitCode } from "../program/exit-code.ts";
import type { Paint } from "../terminal/streams.ts";
import { type Cell, table } from "../terminal/table.ts";
import { columnsOf, printable } from "../terminal/width.ts";
import { wrap } from "../terminal/wrap.ts";

/** One image in the summary of a fleet. */
export interface SummaryEntry {
  readonly serverId: string;
  readonly name: string;
  readonly result: FleetOutcome["result"];
  readonly jobId?: string;
  readonly imageId?: string;
  /** Why there is no image. */
  readonly reason?: string;
  /** How long this run worked on it, in milliseconds. Absent when it had ended before. */
  readonly durationMs?: number;
}

/** Makes the entry of an outcome. */
export async function entryOf(outcome: FleetOutcome, durationMs: number | undefined): Promise<SummaryEntry> {
  const { serverId, name, result } = outcome;
  const reason = await reasonOf(outcome);
  return {
    serverId,
    name,
    result,
    ...("jobId" in outcome && outcome.jobId !== undefined ? { jobId: outcome.jobId } : {}),
    ...(outcome.result === "made" ? { imageId: outcome.imageId } : {}),
    ...(reason === undefined ? {} : { reason }),
    ...(durationMs === undefined ? {} : { durationMs }),
  };
}

async function reasonOf(outcome: FleetOutcome): Promise<string | undefined> {
  switch (outcome.result) {
    case "made":
      return undefined;
    case "failed":
      return (
        outcome.failures.map(({ code, message }) => [code, message].filter(Boolean).join(" ")).join("; ") ||
        "no reason given"
      );
    case "timed out":
      return "the job goes on";
    case "not ended":
      return outcome.jobId === undefined ? "not begun" : "the job goes on";
    default:
      return (await describeAny(outcome.error)).message;
  }
}

/** How many images came to each result. */
export function tally(entries: readonly SummaryEntry[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { result } of entries) counts[result] = (counts[result] ?? 0) + 1;
  return counts;
}

/** The summary as a table, the reasons where there is no image, and a line with the counts. */
export function summaryLines(entries: readonly SummaryEntry[], paint: Paint, columns: number | undefined): string[] {
  const rows = entries.map(({ serverId, name, result, imageId, jobId, durationMs }): Cell[] => [
    { text: printable(serverId) },
    { text: printable(name) },
    { text: result, paint: colourOf(result, paint) },
    { text: imageId ?? (jobId === undefined ? "" : `job ${jobId}`) },
    { text: durationMs === undefined ? "" : formatDuration(durationMs) },
  ]);
  const titles = [
    { text: "SERVER" },
    { text: "NAME", flexible: true },
    { text: "RESULT" },
    { text: "IMAGE" },
    { text: "TOOK" },
  ];
  const reasons = entries.filter(
    ({ result, reason }) => reason !== undefined && result !== "not ended" && result !== "timed out",
  );
  const counts = Object.entries(tally(entries)).map(([result, count]) => `${count} ${result}`);
  return [
    ...table(titles, rows, paint, columns),
    "",
    ...reasons.flatMap(({ name, reason }) =>
      wrap(`${printable(name)}: ${printable(reason ?? "")}`, columns ?? Number.POSITIVE_INFINITY, columnsOf),
    ),
    ...(reasons.length > 0 ? [""] : []),
    counts.join(", "),
  ];
}

function colourOf(result: SummaryEntry["result"], paint: Paint): Cell["paint"] {
  if (result === "made") return paint.green;
  return result === "failed" || result === "refused" || result === "in doubt" ? paint.red : paint.yellow;
}

/**
 * The exit code of a fleet: 0 only when every image was made. Otherwise what needs a person most comes first: refused or
 * in doubt, a failed job, a job that goes on.
 */
export function fleetExitCode(entries: readonly SummaryEntry[]): number {
  const results = new Set(entries.map(({ result }) => result));
  if (results.has("refused") || results.has("in doubt") || results.has("not seen")) return exitCode.refused;
  if (results.has("failed")) return exitCode.jobFailed;
  if (results.has("timed out")) return exitCode.timedOut;
  return results.has("not ended") ? exitCode.refused : exitCode.done;
}
