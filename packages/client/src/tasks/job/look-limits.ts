import type { Client } from "../../client.ts";
import type { CallOptions } from "../../method.ts";

/** The last look begins when time is up, and needs some time of its own, in milliseconds. */
const lastLookMs = 10_000;

/** What the requests of a look are given, together no more time than is left until the deadline, or 10 s at the end. */
export function lookLimits({ settings }: Client, deadline: number, call: CallOptions) {
  const end = Math.max(deadline, settings.monotonicNow() + lastLookMs);
  return {
    ...call,
    /** Read at each request, such as for a page of a list, so that not every one has all of the time. */
    get totalTimeoutMs() {
      return Math.min(settings.totalTimeoutMs, end - settings.monotonicNow());
    },
  };
}
