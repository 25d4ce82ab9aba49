import type { Settings } from "../../settings.ts";

/** When the lanes of a fleet may send: one first, then all, and all slower while the service throttles them. */
export interface Gate {
  /** Waits for the turn of a request, and sends it. */
  pass<Result>(send: () => Promise<Result>, signal: AbortSignal): Promise<Result>;
  /**
   * Holds all lanes back after throttling, longer each time until a request gets through.
   *
   * @param askedMs for how long at least, in milliseconds. Default: 5,000 and more.
   * @returns for how long they are held now, in milliseconds.
   */
  slowDown(askedMs: number | undefined): number;
}

const firstDelayMs = 5_000;
/** The period of the vendor's limits, as far as any is known. */
const longestDelayMs = 60_000;

/** Makes the gate of one run. */
export function createGate({ monotonicNow, sleep }: Settings): Gate {
  let first: Promise<void> | undefined;
  let notBefore = 0;
  let delayMs = firstDelayMs;

  async function inTurn<Result>(send: () => Promise<Result>, signal: AbortSignal): Promise<Result> {
    for (let waitMs = notBefore - monotonicNow(); waitMs > 0; waitMs = notBefore - monotonicNow()) {
      await sleep(waitMs, signal);
    }
    signal.throwIfAborted();
    const result = await send();
    delayMs = firstDelayMs;
    return result;
  }

  return {
    async pass(send, signal) {
      if (first === undefined) {
        const sent = inTurn(send, signal);
        // What is refused for all, such as for its credentials, is refused once.
        first = sent.then(
          () => {},
          () => {},
        );
        return sent;
      }
      await first;
      return inTurn(send, signal);
    },
    slowDown(askedMs = 0) {
      const now = monotonicNow();
      // Lanes that are throttled together are slowed down once.
      const isHeld = notBefore > now;
      notBefore = Math.max(notBefore, now + (isHeld ? askedMs : Math.max(delayMs, askedMs)));
      if (!isHeld) delayMs = Math.min(longestDelayMs, delayMs * 2);
      return notBefore - now;
    },
  };
}
