import type { Pace } from "../connection/pace.ts";

const minuteMs = 60_000;

/**
 * Spreads starts over time: so many in a minute, evenly.
 *
 * @returns resolves when the caller may start.
 */
export function evenly(perMinute: number, clock: Pace): (signal?: AbortSignal) => Promise<void> {
  const gapMs = minuteMs / perMinute;
  let nextMs = clock.now();
  return async (signal) => {
    const at = Math.max(nextMs, clock.now());
    nextMs = at + gapMs;
    const waitMs = at - clock.now();
    if (waitMs > 0) await clock.sleep(waitMs, signal);
  };
}
