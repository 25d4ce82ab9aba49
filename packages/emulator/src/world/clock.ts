/** The emulator's own clock. Jobs and tokens age on it; signatures are held against the real time. */
export interface Clock {
  /** Milliseconds since 1970, on this clock. */
  now(): number;
  /** How many times faster than real time it runs. 0 stands still. */
  speed: number;
  /** Moves it forward at once. */
  advance(ms: number): void;
  /** Sets it back to its beginning. */
  reset(): void;
}

/**
 * Makes a clock.
 *
 * @param options.startMs where it begins. Default: the real time.
 * @param options.speed how many times faster than real time it runs. Default: 1.
 * @param options.realNow the real time. Default: `Date.now`.
 */
export function createClock(options: { startMs?: number; speed?: number; realNow?: () => number } = {}): Clock {
  const realNow = options.realNow ?? Date.now;
  let speed = options.speed ?? 1;
  let base = options.startMs ?? realNow();
  let realBase = realNow();
  const now = () => base + (realNow() - realBase) * speed;
  const moveTo = (ms: number) => {
    base = ms;
    realBase = realNow();
  };
  return {
    now: () => Math.floor(now()),
    get speed() {
      return speed;
    },
    set speed(value) {
      moveTo(now());
      speed = value;
    },
    advance: (ms) => moveTo(now() + ms),
    reset: () => moveTo(options.startMs ?? realNow()),
  };
}

/** A time as the service writes it: UTC, with trailing zeros of the fraction dropped. */
export function serviceTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.?0*Z$/, "Z");
}

/** A time as IAM writes it: UTC, with six digits of fraction. */
export function iamTime(ms: number): string {
  return new Date(ms).toISOString().replace("Z", "000Z");
}
