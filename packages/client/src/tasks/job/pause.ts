import type { Settings } from "../../settings.ts";

/** A wait that takes this much longer than it should: the machine has slept, or stood still. */
const jumpMs = 30_000;

/** Waits, and tells whether far more time has passed by either clock than was meant to. */
export async function pause(
  { now, monotonicNow, sleep }: Settings,
  ms: number,
  signal?: AbortSignal,
): Promise<boolean> {
  const [wallMs, startedMs] = [now(), monotonicNow()];
  await sleep(ms, signal);
  return Math.max(now() - wallMs, monotonicNow() - startedMs) > ms + jumpMs;
}
