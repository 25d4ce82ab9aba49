import { parseHttpDate } from "./http-date.ts";

/** The service's clock, as its answers show it. Times of the service are only ever compared with this one. */
export interface ServiceClock {
  /** Now, in milliseconds since 1970, as the service would say; by this machine's clock until an answer was seen. */
  now(): number;
  /** Milliseconds by which the service's clock is ahead of this machine's. */
  readonly offsetMs: number;
  /** Learns from the header `Date` of an answer. A browser hides it from pages of other origins. */
  learn(headers: Headers): void;
}

/** Makes the clock of a client. */
export function createServiceClock(now: () => number): ServiceClock {
  let offsetMs = 0;
  let lastText: string | null = null;
  let lastDate: number | undefined;
  return {
    now: () => now() + offsetMs,
    get offsetMs() {
      return offsetMs;
    },
    learn(headers) {
      const text = headers.get("Date");
      // Many answers come in one second.
      if (text !== lastText) lastDate = parseHttpDate(text);
      lastText = text;
      if (lastDate !== undefined) offsetMs = lastDate - now();
    },
  };
}
