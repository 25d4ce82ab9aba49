/** The emulator's own clock. Jobs and tokens age on it, and it is what the header `Date` shows. */
export interface Clock {
  /** Milliseconds since 1970, on this clock. */
  now(): number;
  /**
   * How many times faster than real time it runs, from 0, which stands still.
   *
   * @throws RangeError when it is set to anything else.
   */
  speed: number;
  /**
   * How far it is ahead of this machine's clock, in milliseconds; negative when behind. Setting it moves the clock.
   *
   * @throws RangeError when it is set to no number.
   */
  skewMs: number;
  /**
   * Moves it forward at once.
   *
   * @throws RangeError when that is no time, or a time in the past.
   */
  advance(ms: number): void;
  /** Sets time and speed back to their beginning. */
  reset(): void;
}

/** How a clock begins. */
export interface ClockOptions {
  readonly startMs?: number;
  readonly speed?: number;
  readonly skewMs?: number;
  readonly realNow?: () => number;
}

/** A clock that can be set to where another one was. */
export interface SettableClock extends Clock {
  set(ms: number): void;
}

/** Where every clock stops: later times have more than the four digits of a year that the service writes. */
const latestMs = Date.UTC(9999, 11, 31);

/**
 * Makes a clock.
 *
 * @param options.startMs where it begins, but for the skew. Default: the real time.
 * @param options.skewMs how far it is ahead of the real time. Default: 0.
 * @param options.speed how many times faster than real time it runs. Default: 1.
 * @param options.realNow the real time. Default: `Date.now`.
 * @throws RangeError when the speed is not a number from 0, or the skew no number.
 */
export function createClock(options: ClockOptions = {}): SettableClock {
  const realNow = options.realNow ?? Date.now;
  let speed = fromZero("speed", options.speed ?? 1);
  let skewMs = anyNumber("skewMs", options.skewMs ?? 0);
  let base = (options.startMs ?? realNow()) + skewMs;
  let realBase = realNow();
  const now = () => Math.min(latestMs, base + (realNow() - realBase) * speed);
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
      fromZero("speed", value);
      moveTo(now());
      speed = value;
    },
    get skewMs() {
      return skewMs;
    },
    set skewMs(value) {
      moveTo(now() + anyNumber("skewMs", value) - skewMs);
      skewMs = value;
    },
    advance: (ms) => moveTo(now() + fromZero("ms", ms)),
    set: moveTo,
    reset() {
      skewMs = options.skewMs ?? 0;
      speed = options.speed ?? 1;
      moveTo((options.startMs ?? realNow()) + skewMs);
    },
  };
}

function fromZero(name: string, value: number): number {
  if (Number.isFinite(value) && value >= 0) return value;
  throw new RangeError(`${name} must be a number from 0; given was ${value}.`);
}

function anyNumber(name: string, value: number): number {
  if (Number.isFinite(value)) return value;
  throw new RangeError(`${name} must be a number; given was ${value}.`);
}

/** A time as the service writes it: UTC, with trailing zeros of the fraction dropped. */
export function serviceTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.?0*Z$/, "Z");
}

/** A time as IAM writes it: UTC, with six digits of fraction. */
export function iamTime(ms: number): string {
  return new Date(ms).toISOString().replace("Z", "000Z");
}
