import { UsageError } from "../arguments/usage-error.ts";
import type { Environment } from "../terminal/streams.ts";

/** The clock of a client: what time it is, and how to wait. */
export interface Pace {
  readonly now: () => number;
  readonly sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
}

/** Real time. */
export const realPace: Pace = { now: Date.now, sleep: (ms, signal) => sleep(ms, signal) };

/** The variable that says how much faster than real time to wait. */
export const speedVariable = "APS_SPEED";

/**
 * The clock that goes with a sped-up emulator: `APS_SPEED=100` makes every wait of this program a hundred times shorter,
 * as `aps-emulator --speed 100` makes its jobs.
 *
 * @throws UsageError when the speed is not a number of at least 1.
 */
export function paceOf(environment: Environment, clock: Pace): Pace {
  const text = environment[speedVariable];
  if (text === undefined || text === "" || text === "1") return clock;
  const speed = Number(text);
  if (!(speed >= 1))
    throw new UsageError(`${speedVariable} must be a number of at least 1; given was ${JSON.stringify(text)}.`);
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
