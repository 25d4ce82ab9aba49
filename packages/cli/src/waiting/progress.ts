import { formatDuration } from "../arguments/duration.ts";
import { job } from "../generated/job.ts";
import { type LiveLines, liveLines } from "../terminal/live-lines.ts";
import type { Streams } from "../terminal/streams.ts";
import { printable } from "../terminal/width.ts";

/** A job that is being waited for, as people see it. */
export interface Watched {
  readonly jobId: string;
  /** What is being made, such as the image's name. */
  readonly label: string;
  readonly startedAtMs: number;
  status: string;
  /** State of the image server, where it is known. */
  serverStatus?: string | undefined;
  /** Why the last look failed. */
  trouble?: string | undefined;
}

/** Shows jobs while they are being waited for: one moving line each on a terminal, a line per change elsewhere. */
export interface Progress {
  changed(watched: Watched): void;
  ended(watched: Watched): void;
  print(line: string): void;
  end(): void;
}

/** A log gets a line at least this often, so that a build server does not think that the program hangs. */
const heartbeatMs = 60_000;

/** @param now the time on the clock by which jobs are waited for, in milliseconds. */
export function showProgress({ err, environment }: Streams, now: () => number): Progress {
  const live: LiveLines = liveLines(err, environment);
  const watched = new Map<string, Watched>();
  const shown = new Map<string, { text: string; atMs: number }>();
  const redraws = err.isTTY === true;
  return {
    changed(entry) {
      watched.set(entry.jobId, entry);
      live.show((spinner) => [...watched.values()].map((one) => `${spinner} ${lineOf(one, now())}`));
      if (redraws) return;
      const text = stateOf(entry);
      const before = shown.get(entry.jobId);
      if (before?.text === text && Date.now() - before.atMs < heartbeatMs) return;
      shown.set(entry.jobId, { text, atMs: Date.now() });
      live.print(lineOf(entry, now()));
    },
    ended: (entry) => void watched.delete(entry.jobId),
    print: (line) => live.print(line),
    end: () => live.end(),
  };
}

function lineOf(entry: Watched, nowMs: number): string {
  const usual = formatDuration(job.kinds.CREATE_SERVER_IMAGE.typicalSeconds * 1_000);
  const elapsed = formatDuration(Math.max(0, nowMs - entry.startedAtMs));
  return `${printable(entry.label)}  ${stateOf(entry)}  ${elapsed} (usually ${usual})`;
}

function stateOf({ status, serverStatus, trouble }: Watched): string {
  const parts = [`job ${printable(status)}`];
  if (serverStatus !== undefined) parts.push(`server ${printable(serverStatus)}`);
  if (trouble !== undefined) parts.push(`last look failed: ${printable(trouble)}`);
  return parts.join("  ");
}
