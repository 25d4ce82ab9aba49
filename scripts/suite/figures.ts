import { readFile } from "node:fs/promises";

/**
 * Seconds of processor time of this process and of all that it has started and that has ended, user and system.
 *
 * @returns undefined where the system does not say, which is everywhere but on Linux.
 */
export async function processorSeconds(): Promise<number | undefined> {
  const line = await readFile("/proc/self/stat", "utf8").catch(() => undefined);
  // After the name, which may hold anything: state, .., utime, stime, cutime, cstime (proc_pid_stat(5), fields 14 to 17).
  const fields = line?.slice(line.lastIndexOf(")") + 2).split(" ");
  return fields?.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks) / ticksPerSecond, 0);
}

/** As Linux has it on every architecture that Node runs on. */
const ticksPerSecond = 100;

/** Seconds as somebody reads them: `4.2 s`, `3 min 12 s`. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${whole % 60} s`;
}
