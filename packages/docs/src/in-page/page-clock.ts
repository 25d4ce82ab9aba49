/** A clock that runs faster than this machine's, and waits on it. */
export interface PageClock {
  /** How many times faster it runs. It can be changed at any time. */
  speed: number;
  /** Milliseconds since 1970. */
  now(): number;
  /** Waits so many milliseconds of this clock, or rejects with the signal's reason as soon as it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /**
   * Does work during which time passes only while it sleeps. How long the page takes to compute something changes nothing then,
   * however fast the clock runs: a request is signed and held against its date at the same time.
   */
  during<Result>(work: () => Promise<Result>): Promise<Result>;
}

/** Starts a clock at the time that it is. */
export function createPageClock(initialSpeed: number): PageClock {
  let speed = initialSpeed;
  let baseMs = Date.now();
  let realBaseMs = baseMs;
  let working = 0;
  let sleeping = 0;
  const now = () => baseMs + (working === 0 || sleeping > 0 ? (Date.now() - realBaseMs) * speed : 0);
  /** Makes a change that holds from now on, and not for the time that has passed. */
  const change = (make: () => void) => {
    baseMs = now();
    realBaseMs = Date.now();
    make();
  };
  return {
    get speed() {
      return speed;
    },
    set speed(value) {
      change(() => {
        speed = value;
      });
    },
    now: () => Math.floor(now()),
    async sleep(ms, signal) {
      change(() => {
        sleeping += 1;
      });
      try {
        await timer(ms / speed, signal);
      } finally {
        change(() => {
          sleeping -= 1;
        });
      }
    },
    async during(work) {
      change(() => {
        working += 1;
      });
      try {
        return await work();
      } finally {
        change(() => {
          working -= 1;
        });
      }
    },
  };
}

function timer(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const abort = () => {
      clearTimeout(waiting);
      reject(signal?.reason);
    };
    const waiting = setTimeout(() => {
      signal?.removeEventListener("abort", abort);
      resolve();
    }, ms);
    signal?.addEventListener("abort", abort, { once: true });
  });
}
