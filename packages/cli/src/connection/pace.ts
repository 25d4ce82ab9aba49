/** The clock of a client: what time it is, and how to wait. */
export interface Pace {
  readonly now: () => number;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** Real time. */
export const realPace: Pace = { now: Date.now, sleep: (ms, signal) => sleep(ms, signal) };

/**
 * The clock that goes with a sped-up emulator: every wait of this program becomes so many times shorter, as
 * `aps-emulator --speed 100` makes its jobs.
 */
export function faster(clock: Pace, speed: number): Pace {
  if (speed === 1) return clock;
  const start = clock.now();
  return {
    now: () => start + (clock.now() - start) * speed,
    sleep: (ms, signal) => clock.sleep(ms / speed, signal),
  };
}

/** Waits on a timer, or rejects with the signal's reason as soon as it is aborted. */
function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const abort = () => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", abort);
      resolve();
    }, ms);
    signal?.addEventListener("abort", abort, { once: true });
  });
}
