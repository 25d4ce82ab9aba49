import { ApiError } from "../errors/api-error.ts";
import { ConnectionError } from "../errors/connection-error.ts";
import { CredentialsError } from "../errors/credentials-error.ts";
import { TimeoutError } from "../errors/timeout-error.ts";
import type { Answer } from "./answer.ts";
import { readErrorBody } from "./body.ts";
import { parseHttpDate } from "./http-date.ts";

/** How one attempt ended: with an answer, or with an error instead of one. */
export interface Outcome {
  readonly answer?: Answer | undefined;
  readonly error?: unknown;
}

const firstDelayMs = 500;
const longestDelayMs = 20_000;
/** The vendor advises to wait 2 to 5 seconds after throttling. */
const throttledDelayMs = 2_000;
const throttledSpreadMs = 3_000;

/** Whether the same request may well be answered otherwise in a while: the service is overloaded, restarting or out of reach. */
export function isPassingStatus(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

/**
 * Whether another try of something that only reads may succeed. A refusal of the service does not pass. What is no answer
 * of the service does: a page with status 200, the redirect of a portal, a proxy that asks for a login, a refusal without an
 * error code of the catalogue's shape. A 401 is never tried again, because the gateway locks a key that is refused often.
 *
 * @param error what a call threw. Of a request that makes or changes something it tells only whether the reason may pass, and not
 *   whether the request may be sent again: it may have been carried out.
 * @returns false for what no call of this client throws by itself, such as the reason of a signal.
 */
export function isPassing(error: unknown): boolean {
  if (error instanceof TimeoutError) return true;
  if (error instanceof ConnectionError || error instanceof CredentialsError) return error.isTransient;
  if (!(error instanceof ApiError) || error.status === 401) return false;
  return error.status < 400 || isPassingStatus(error.status) || !/^[A-Z]+\.\d+$/.test(error.code ?? "");
}

/**
 * Whether an attempt may be repeated. A GET may be after any passing failure. Anything else only when the service has
 * certainly done nothing: it was throttled, or the request never left. No answer tells that work was *not* done, because
 * the service has no idempotency key. Credentials are not asked for again: their source has repeated what it could.
 */
export function mayRepeat(method: string, { answer, error }: Outcome): boolean {
  if (answer !== undefined) {
    const { status } = answer.response;
    return status === 429 || (method === "GET" && isPassingStatus(status));
  }
  if (error instanceof CredentialsError) return false;
  if (error instanceof ConnectionError && !error.mayHaveReached) return error.isTransient;
  return method === "GET" && isPassing(error);
}

/** Whether the gateway has sent a request back to come again later; it has passed nothing on then. */
export function isThrottled({ answer }: Outcome): boolean {
  return answer?.response.status === 429;
}

/**
 * Milliseconds before the next attempt: exponential back-off with full jitter, never less than the service asks for. After
 * throttling it grows from the 2 to 5 seconds that the vendor advises up to the period that the gateway names.
 *
 * @param attempt the attempt that has just failed, from 1.
 * @param random a number from 0 to 1.
 */
export function retryDelayMs(attempt: number, { answer }: Outcome, random: number, nowMs: number): number {
  const spread = Math.min(longestDelayMs, firstDelayMs * 2 ** (attempt - 1)) * random;
  if (answer === undefined) return spread;
  const usualMs = answer.response.status === 429 ? throttledMs(attempt, answer, random) : spread;
  const asked = retryAfterMs(answer.response.headers, nowMs);
  return asked === undefined ? usualMs : Math.max(usualMs, asked + spread);
}

function throttledMs(attempt: number, { body }: Answer, random: number): number {
  const delayMs = throttledDelayMs * 2 ** (attempt - 1) + throttledSpreadMs * random;
  return Math.min(delayMs, Math.max(throttledDelayMs + throttledSpreadMs, periodMs(body) ?? longestDelayMs));
}

const unitMs: Readonly<Record<string, number>> = { second: 1_000, minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** The period of a limit, which the gateway names in its message: `time:1 minute`. No field of the answer has it. */
function periodMs(body: unknown): number | undefined {
  const [, count, unit = ""] = /(\d+) ?(second|minute|hour|day)/i.exec(readErrorBody(body).message ?? "") ?? [];
  return count === undefined ? undefined : Number(count) * (unitMs[unit.toLowerCase()] ?? 0);
}

/** Why an attempt is repeated, in a word or two. */
export function reasonOf({ answer, error }: Outcome): string {
  return answer === undefined ? (error as Error).name : `status ${answer.response.status}`;
}

/**
 * The header `Retry-After` in milliseconds: seconds or a date, by the grammar of HTTP. Of several values the longest counts;
 * what is neither counts for nothing.
 *
 * @param nowMs the service's time, when its answer does not name it.
 */
export function retryAfterMs(headers: Headers, nowMs: number): number | undefined {
  const value = headers.get("Retry-After");
  if (value === null) return undefined;
  const date = parseHttpDate(value);
  if (date !== undefined) return Math.max(0, date - (parseHttpDate(headers.get("Date")) ?? nowMs));
  const seconds = value.split(",").filter((part) => /^ *\d+(\.\d+)? *$/.test(part));
  return seconds.length === 0 ? undefined : Math.ceil(Math.max(...seconds.map(Number))) * 1_000;
}
