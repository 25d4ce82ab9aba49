import { formatDuration } from "../arguments/duration.ts";
import { job } from "../generated/job.ts";
import type { Log } from "../log/log.ts";
import { heartbeatMs } from "../terminal/live-lines.ts";
import { columnsOf, cut, printable } from "../terminal/width.ts";
import type { Kind } from "./kind.ts";

/** A job that is being waited for, as people see it. */
export interface Watched {
  readonly jobId: string;
  /** What is being made, such as the image's name. Default: the job. */
  readonly label: string | undefined;
  startedAtMs: number;
  /** The kind of job, which says how long it usually takes. */
  kind: Kind | undefined;
  /** How long it usually takes, where the kind does not say. */
  readonly typicalSeconds?: number | undefined;
  /** The job's status, once it has been seen. */
  status?: string;
  /** State of the image server, where it is known. */
  serverStatus?: string | undefined;
  hasEnded?: boolean;
  /** Why the last look failed. */
  trouble?: string | undefined;
}

/** Shows jobs while they are being waited for: one moving line each on a terminal, a line per change elsewhere. */
export interface Progress {
  changed(watched: Watched): void;
  ended(watched: Watched): void;
  end(): void;
}

/** @param now the time on the clock by which jobs are waited for, in milliseconds. */
export function showProgress(log: Log, now: () => number): Progress {
  const watched = new Map<string, Watched>();
  const shown = new Map<string, { text: string; atMs: number }>();
  return {
    changed(entry) {
      watched.set(entry.jobId, entry);
      log.show((spinner, columns) =>
        [...watched.values()].map((one) => `${spinner} ${lineOf(one, now(), columns - 2)}`),
      );
      if (log.moves) return;
      const text = stateOf(entry);
      const before = shown.get(entry.jobId);
      if (before?.text === text && Date.now() - before.atMs < heartbeatMs) return;
      shown.set(entry.jobId, { text, atMs: Date.now() });
      const { jobId, status, serverStatus } = entry;
      log.print(lineOf(entry, now(), Number.POSITIVE_INFINITY), { job_id: jobId, status, server_status: serverStatus });
    },
    ended: (entry) => void watched.delete(entry.jobId),
    end: () => log.show(undefined),
  };
}

const narrowestLabel = 12;

/** Where there is little room, the state of the server goes first, then the label is cut, and not what people wait for. */
function lineOf(entry: Watched, nowMs: number, columns: number): string {
  const seconds = entry.kind === undefined ? entry.typicalSeconds : job.kinds[entry.kind].typicalSeconds;
  const usual = seconds === undefined || entry.hasEnded ? "" : ` (usually ${formatDuration(seconds * 1_000)})`;
  const time = formatDuration(Math.max(0, nowMs - entry.startedAtMs));
  const whole = `  ${stateOf(entry)}  ${time}`;
  const isTight = narrowestLabel + columnsOf(whole) > columns;
  const rest = isTight ? `  ${stateOf({ ...entry, serverStatus: undefined })}  ${time}` : whole;
  const room = Math.max(narrowestLabel, columns - columnsOf(rest));
  const line = `${cut(printable(entry.label ?? `job ${entry.jobId}`), room)}${rest}`;
  return columnsOf(line + usual) <= columns ? line + usual : line;
}

function stateOf({ label, status, serverStatus, trouble }: Watched): string {
  const parts = [label === undefined ? printable(status ?? "not seen yet") : `job ${printable(status ?? "started")}`];
  if (serverStatus !== undefined) parts.push(`server ${printable(serverStatus)}`);
  if (trouble !== undefined) parts.push(`last look failed: ${printable(trouble)}`);
  return parts.join("  ");
}
