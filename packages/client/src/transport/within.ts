import { onAbort } from "./on-abort.ts";

/** The longest time of a platform's timer; a longer one would end at once. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * Gives work a limited time. Ends as soon as time is up or the caller's signal is aborted, whether or not the work takes
 * notice of the signal that it is given.
 *
 * @param late what it comes to when time is up: a result, or an error that it throws.
 */
export function within<Result>(
  limitMs: number,
  signal: AbortSignal | undefined,
  late: () => Result,
  work: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) return reject(signal.reason);
    const controller = new AbortController();
    const end = (outcome: () => Result) => {
      settle();
      resolve(new Promise((ended) => ended(outcome())));
      controller.abort();
    };
    const abort = () => end(() => signal?.throwIfAborted() as never);
    const settle = () => {
      clearTimeout(timer);
      forget?.();
    };
    const timer = setTimeout(() => end(late), Math.max(0, Math.min(limitMs, longestTimerMs)));
    const forget = signal && onAbort(signal, abort);
    work(controller.signal).then(
      (result) => {
        settle();
        resolve(result);
      },
      (reason) => {
        settle();
        reject(reason);
      },
    );
  });
}

/** Resolves after a time, or rejects with the signal's reason as soon as it is aborted. */
export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>;

/** Waits on a timer: the sleep of a client that was given none, for one that wraps it. */
export function sleepOnTimer(ms: number, signal?: AbortSignal): Promise<void> {
  return within<void>(
    ms,
    signal,
    () => {},
    () => new Promise(() => {}),
  );
}
