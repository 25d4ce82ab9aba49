import { appendFile } from "node:fs/promises";
import { inWords, type SummaryEntry, tally } from "../fleet/summary.ts";
import type { Host } from "../program/host.ts";
import { printable } from "../terminal/width.ts";

/** Writes what became of images into the summary of a GitHub job, when run in one. */
export async function writeSummary(host: Host, entries: readonly SummaryEntry[]): Promise<void> {
  const counts = Object.entries(tally(entries)).map(([result, count]) => `${count} ${inWords(result as never)}`);
  await appendSummary(host, [
    "### Images",
    "",
    `${counts.join(", ")}.`,
    "",
    "| server | name | result | image or job | reason |",
    "|---|---|---|---|---|",
    ...entries.map(
      ({ serverId, name, result, imageId, jobId, reason }) =>
        `| ${[serverId, name, inWords(result), imageId ?? (jobId === undefined ? "" : `job ${jobId}`), reason ?? ""].map(markdownCell).join(" | ")} |`,
    ),
    "",
  ]);
}

/** A text in a cell of a table of Markdown. */
export function markdownCell(text: string): string {
  return printable(text).replaceAll("|", "\\|").replaceAll("<", "&lt;");
}

/** Adds lines of Markdown to the summary of a GitHub job, when run in one. */
export async function appendSummary({ environment, err }: Host, lines: readonly string[]): Promise<void> {
  const file = environment.GITHUB_STEP_SUMMARY;
  if (!file) return;
  await appendFile(file, `${lines.join("\n")}\n`).catch((error: NodeJS.ErrnoException) => {
    err.write(`aps: GITHUB_STEP_SUMMARY cannot be written (${error.code}). Nothing else is affected.\n`);
  });
}
