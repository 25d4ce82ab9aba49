import type { FleetOutcome } from "@workspace-aps/client";
import { formatDuration } from "../arguments/duration.ts";
import { describeAny } from "../failure/report.ts";
import { exitCode } from "../program/exit-code.ts";
import type { Paint } from "../terminal/streams.ts";
import { type Cell, fits, type Title, table } from "../terminal/table.ts";
import { columnsOf, printable } from "../terminal/width.ts";
import { wrap } from "../terminal/wrap.ts";

/** What became of an image. What has not ended is told apart by whether its job runs. */
export type SummaryResult =
  | "made"
  /** It was there already, and was to be skipped. */
  | "exists"
  | "failed"
  | "refused"
  | "in_doubt"
  | "not_seen"
  | "timed_out"
  | "running"
  | "not_started";

/** One image in the summary of a fleet. */
export interface SummaryEntry {
  readonly serverId: string;
  readonly name: string;
  readonly result: SummaryResult;
  readonly jobId?: string;
  readonly imageId?: string;
  /** Why there is no image. */
  readonly reason?: string;
  /** The same without what differs although the reason is one: the id of the request. */
  readonly cause?: string;
  /** How long the job took, in milliseconds; where it has not ended or tells no times, how long this run worked on it. */
  readonly durationMs?: number;
}

/** Makes the entry of an outcome. */
export async function entryOf(outcome: FleetOutcome, durationMs: number | undefined): Promise<SummaryEntry> {
  const { serverId, name } = outcome;
  return {
    serverId,
    name,
    result: resultOf(outcome),
    ...("jobId" in outcome && outcome.jobId !== undefined ? { jobId: outcome.jobId } : {}),
    ...(outcome.result === "made" ? { imageId: outcome.imageId } : {}),
    ...(await reasonOf(outcome)),
    ...durationOf(outcome, durationMs),
  };
}

/** @param workedMs for how long this run worked on it. */
function durationOf(outcome: FleetOutcome, workedMs: number | undefined): { durationMs?: number } {
  const durationMs = (outcome.result === "made" ? outcome.durationMs : undefined) ?? workedMs;
  return durationMs === undefined ? {} : { durationMs };
}

function resultOf(outcome: FleetOutcome): SummaryResult {
  if (outcome.result === "not ended") return outcome.jobId === undefined ? "not_started" : "running";
  return outcome.result.replaceAll(" ", "_") as SummaryResult;
}

/** A result in words. */
export function inWords(result: SummaryResult): string {
  return result.replaceAll("_", " ");
}

async function reasonOf(outcome: FleetOutcome): Promise<{ reason?: string; cause?: string }> {
  switch (outcome.result) {
    case "made":
      return {};
    case "failed": {
      const reasons = outcome.failures.map(({ code, message }) => [code, message].filter(Boolean).join(" "));
      const reason = reasons.join("; ") || "no reason given";
      return { reason, cause: reason };
    }
    case "timed out":
      return { reason: "the job goes on" };
    case "not ended":
      return { reason: outcome.jobId === undefined ? "not begun" : "the job goes on" };
    default: {
      const { message, facts } = await describeAny(outcome.error);
      return { reason: message, cause: message.replace(` Request id: ${facts.requestId}.`, "") };
    }
  }
}

/** How many images came to each result. */
export function tally(entries: readonly SummaryEntry[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { result } of entries) counts[result] = (counts[result] ?? 0) + 1;
  return counts;
}

/** The names of an equal reason that are told; of the others, how many they are. */
const toldNames = 5;

/** The summary as a table, the reasons where there is no image, and a line with the counts. */
export function summaryLines(entries: readonly SummaryEntry[], paint: Paint, columns: number | undefined): string[] {
  const rows = entries.map(({ serverId, name, result, imageId, jobId, durationMs }): Cell[] => [
    { text: printable(serverId) },
    { text: printable(name) },
    { text: inWords(result), paint: colourOf(result, paint) },
    { text: imageId ?? "" },
    { text: imageId === undefined ? (jobId ?? "") : "" },
    { text: durationMs === undefined ? "" : formatDuration(durationMs) },
  ]);
  const titles: readonly Title[] = [
    { text: "SERVER" },
    { text: "NAME", flexible: true },
    { text: "RESULT" },
    { text: "IMAGE" },
    { text: "JOB" },
    { text: "TOOK" },
  ];
  // A column that says nothing takes the room of one that does.
  const said = titles.filter((_, index) => index < 3 || rows.some((row) => row[index]?.text !== ""));
  const without = (...texts: readonly string[]) => said.filter(({ text }) => !texts.includes(text));
  const pick = (chosen: readonly Title[]) =>
    rows.map((row) => row.filter((_, index) => chosen.includes(titles[index] as Title)));
  // Names differ, so that they tell the images apart where there is no room for servers.
  const shown =
    [said, without("TOOK"), without("TOOK", "SERVER")].find((chosen) => fits(chosen, pick(chosen), columns)) ?? said;
  const causes = causesOf(entries).flatMap((line) => wrap(line, columns ?? Number.POSITIVE_INFINITY, columnsOf));
  const counts = Object.entries(tally(entries)).map(
    ([result, count]) => `${count} ${inWords(result as SummaryResult)}`,
  );
  return [
    ...table(shown, pick(shown), paint, columns),
    "",
    ...causes,
    ...(causes.length > 0 ? [""] : []),
    counts.join(", "),
  ];
}

/** Each reason once, with the images that it holds for. */
function causesOf(entries: readonly SummaryEntry[]): string[] {
  const byCause = new Map<string, SummaryEntry[]>();
  for (const entry of entries)
    if (entry.cause !== undefined) byCause.set(entry.cause, [...(byCause.get(entry.cause) ?? []), entry]);
  return [...byCause].map(([cause, same]) => {
    const [first] = same;
    if (same.length === 1) return `${printable(first?.name ?? "")}: ${printable(first?.reason ?? "")}`;
    const names = same.slice(0, toldNames).map(({ name }) => printable(name));
    const rest = same.length - names.length;
    return `${same.length} x ${printable(cause)} (${names.join(", ")}${rest === 0 ? "" : ` and ${rest} more`})`;
  });
}

function colourOf(result: SummaryResult, paint: Paint): Cell["paint"] {
  if (result === "made" || result === "exists") return paint.green;
  return result === "failed" || result === "refused" || result === "in_doubt" ? paint.red : paint.yellow;
}

/**
 * The exit code of a fleet: 0 only when every image was made. Otherwise what needs a person most comes first: refused or
 * in doubt, a failed job, a job that goes on.
 */
export function fleetExitCode(entries: readonly SummaryEntry[]): number {
  const results = new Set(entries.map(({ result }) => result));
  if (results.has("refused") || results.has("in_doubt") || results.has("not_seen")) return exitCode.refused;
  if (results.has("failed")) return exitCode.jobFailed;
  if (results.has("timed_out")) return exitCode.timedOut;
  return results.has("running") || results.has("not_started") ? exitCode.refused : exitCode.done;
}
