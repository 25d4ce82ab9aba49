import { ApiError } from "../errors/api-error.ts";
import { ConnectionError } from "../errors/connection-error.ts";
import { TimeoutError } from "../errors/timeout-error.ts";

/** How one attempt ended: with an answer, or with an error instead of one. */
export type Outcome = { readonly response: Response } | { readonly error: unknown };

const firstDelayMs = 500;
const longestDelayMs = 20_000;
/** The vendor advises to wait 2 to 5 seconds after throttling. */
const throttledDelayMs = 2_000;

/**
 * Whether an attempt may be repeated. A GET may be after any passing failure. Anything else only when the service has
 * certainly done nothing: it was throttled, or the request never left. No answer tells that work was *not* done, because
 * the service has no idempotency key.
 */
export function mayRepeat(method: string, outcome: Outcome): boolean {
  if ("error" in outcome) {
    if (outcome.error instanceof ConnectionError) return method === "GET" || !outcome.error.mayHaveReached;
    return method === "GET" && (outcome.error instanceof TimeoutError || outcome.error instanceof ApiError);
  }
  const { status } = outcome.response;
  if (status === 429) return true;
  return method === "GET" && (status === 500 || status === 502 || status === 503 || status === 504);
}

/**
 * Milliseconds before the next attempt: exponential back-off with full jitter, never less than the service asks for.
 *
 * @param attempt the attempt that has just failed, from 1.
 * @param random a number from 0 to 1.
 */
export function retryDelayMs(attempt: number, outcome: Outcome, random: number, nowMs: number): number {
  const ceiling = Math.min(longestDelayMs, firstDelayMs * 2 ** (attempt - 1));
  if (!("response" in outcome)) return ceiling * random;
  const asked = retryAfterMs(outcome.response.headers, nowMs);
  if (asked !== undefined) return asked + ceiling * random;
  return outcome.response.status === 429 ? throttledDelayMs + 3_000 * random : ceiling * random;
}

/** The header `Retry-After` in milliseconds: seconds or a date, as HTTP defines it. */
export function retryAfterMs(headers: Headers, nowMs: number): number | undefined {
  const value = headers.get("Retry-After");
  if (value === null) return undefined;
  if (/^\d+$/.test(value.trim())) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, date - nowMs);
}
