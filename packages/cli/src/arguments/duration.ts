import { UsageError } from "./usage-error.ts";

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000 };

/**
 * Reads a duration such as `90s`, `60m`, `1h30m` or `500ms`. A number alone means seconds.
 *
 * @returns milliseconds, more than 0.
 * @throws UsageError when it is not a duration.
 */
export function parseDuration(text: string, from: string): number {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h)/g)];
  const whole = parts.map(([part]) => part).join("") === text && parts.length > 0;
  const seconds = /^\d+(\.\d+)?$/.test(text) ? Number(text) : undefined;
  const ms =
    seconds === undefined
      ? parts.reduce((sum, [, n, unit]) => sum + Number(n) * (units[unit ?? ""] ?? 0), 0)
      : seconds * 1_000;
  if ((!whole && seconds === undefined) || ms <= 0) {
    throw new UsageError(`${from} must be a duration such as 90s, 60m or 1h30m; given was ${JSON.stringify(text)}.`);
  }
  return Math.round(ms);
}

/** A duration for people: `0.4 s`, `42 s`, `23 m 35 s`, `1 h 05 m`. */
export function formatDuration(ms: number): string {
  if (ms < 9_950) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} m ${two(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${two(minutes % 60)} m`;
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
