import type { ImageRow } from "../images/image.ts";
import type { RunStatus } from "../runs/status.ts";

/** One line for a run: its name, and how many images are in which state. */
export function statusLine({ run, counts, approval, cancelledAt }: RunStatus): string {
  const states = Object.entries(counts).map(([state, count]) => `${count} ${state}`);
  const waits = approval === "needed" && cancelledAt === null ? " (waits for an approval)" : "";
  return `${run}: ${states.join(", ")}${cancelledAt === null ? waits : " (cancelled)"}`;
}

/** All runs, with a line of titles. */
export function runsTable(runs: readonly RunStatus[]): string[] {
  const rows = runs.map(({ run, createdAt, counts, hasEnded, approvedBy }) => [
    run,
    createdAt.toISOString(),
    hasEnded ? "ended" : "open",
    Object.entries(counts)
      .map(([state, count]) => `${count} ${state}`)
      .join(", "),
    approvedBy ?? "",
  ]);
  return table(["RUN", "CREATED", "", "IMAGES", "APPROVED BY"], rows);
}

/** The images of a run, with a line of titles. What is in doubt or went wrong says why below the table. */
export function imagesTable(images: readonly ImageRow[]): string[] {
  const rows = images.map(({ region, projectId, serverId, name, state, attempts, jobId, imageId }) => [
    ...[region, projectId, serverId, name, state, String(attempts), jobId ?? "", imageId ?? ""],
  ]);
  const reasons = images
    .filter(({ reason, state }) => reason !== null && state !== "made")
    .map(({ name, reason }) => `${name}: ${reason}`);
  const titles = ["REGION", "PROJECT", "SERVER", "NAME", "STATE", "TRIES", "JOB", "IMAGE"];
  return [...table(titles, rows), ...(reasons.length === 0 ? [] : ["", ...reasons])];
}

function table(titles: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = titles.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  return [titles, ...rows].map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
