import type { ImageRow } from "../images/image.ts";
import type { RolloutRow } from "../rollouts/rollout.ts";
import type { RunStatus } from "../runs/status.ts";

/** One line for a run: its name, and how many images are in which state. */
export function statusLine({ run, counts, rolloutCounts, approval, cancelledAt }: RunStatus): string {
  const states = [
    ...Object.entries(counts).map(([state, count]) => `${count} ${state}`),
    ...Object.entries(rolloutCounts).map(([state, count]) => `${count} rollouts ${state}`),
  ];
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

/** The rollouts of a run, with a line of titles. What a plan says, why one was refused, and what is to be mended stand below. */
export function rolloutsTable(rollouts: readonly RolloutRow[]): string[] {
  const rows = rollouts.map(({ region, projectId, serverGroupId, serverId, state, approvedBy, plan, report }) => [
    ...[region, projectId, serverGroupId, serverId, state, approvedBy ?? ""],
    `${report?.servers?.filter((server) => server.state === "moved").length ?? 0} of ${plan?.servers.length ?? "?"}`,
  ]);
  const notes = rollouts.flatMap(({ serverGroupId, state, plan, reason, report }) => [
    ...(state === "planned" ? (plan?.checks ?? []) : []).map(
      ({ about, verdict, says }) => `${about} (${verdict}): ${says}`,
    ),
    ...(reason === null ? [] : [`${serverGroupId}: ${reason}`]),
    ...(report?.leftovers ?? []).map(({ says, mend }) => `${serverGroupId}: ${says} ${mend}`),
  ]);
  const titles = ["REGION", "PROJECT", "GROUP", "SERVER", "STATE", "APPROVED BY", "MOVED"];
  return [...table(titles, rows), ...(notes.length === 0 ? [] : ["", ...notes])];
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
