import type { JobFate } from "../jobs/fate.ts";
import type { ViewEffect } from "../views/effect.ts";

/** Something that goes wrong, on demand. */
export interface Fault {
  /** The operation that it hits, by operationId. Default: every operation that the effect suits. */
  readonly operation?: string;
  /**
   * The id of a server or another resource: it hits only calls that name it in path, query or body, or that are about a
   * job which works on it; of an effect on what is seen, only records about it. Default: whatever is called.
   */
  readonly resource?: string;
  /** From which call on it hits, counting those that it suits. Default: 1, the first. */
  readonly from?: number;
  /**
   * How many calls it hits. Default: 1; every call when a probability is given, when the effect throttles, or when it
   * changes what is seen.
   */
  readonly times?: number;
  /** How likely it hits a call, from 0 to 1, drawn from the emulator's seed. Default: 1. */
  readonly probability?: number;
  readonly effect: FaultEffect;
}

/** What a fault does to a call. */
export type FaultEffect = CallEffect | ViewEffect;

/** What happens to one call, apart from what it sees. */
export type CallEffect =
  /** Answers with this instead of the true answer: before the work is done, or after it. */
  | {
      readonly type: "answer";
      readonly status: number;
      /** Sent as JSON; a text is sent as it is. Default: nothing. */
      readonly body?: unknown;
      readonly headers?: Readonly<Record<string, string>>;
      readonly afterWork?: boolean;
    }
  /** Waits before the call is handled, in milliseconds of real time; with `afterWork`, before it is answered. */
  | { readonly type: "delay"; readonly ms: number; readonly afterWork?: boolean }
  /**
   * Cuts the connection without an answer: before the work is done, or after it. With `workAfterMs` the work is done so
   * many milliseconds of the emulator's clock after the cut, as when something on the way has kept the request.
   */
  | { readonly type: "cut"; readonly afterWork: boolean; readonly workAfterMs?: number }
  /**
   * The request arrives twice, as when something on the way repeats it. The caller gets the second answer, or the first
   * one if `answer` says so. With `afterMs` the second arrives so many milliseconds of the emulator's clock later, and
   * the caller gets the first.
   */
  | { readonly type: "replay"; readonly answer?: "first" | "second"; readonly afterMs?: number }
  /** Does the work and spoils the answer's body. */
  | { readonly type: "body"; readonly body: "truncated" | "html" | "empty" }
  /**
   * Answers 429, in the words of the gateway, once more calls than this came within so many seconds of the emulator's
   * clock. `retryAfter` is sent as the header `Retry-After`, in seconds.
   */
  | { readonly type: "throttle"; readonly requests: number; readonly perSeconds: number; readonly retryAfter?: number }
  /** Decides what becomes of the job that the call starts. */
  | { readonly type: "job"; readonly fate: JobFate };

/** The faults of an emulator. */
export interface Faults {
  /**
   * Adds a fault and returns its id.
   *
   * @throws InvalidInput that names the field and the rule.
   */
  add(fault: Fault): number;
  /** Removes a fault. Whether there was one with this id. */
  remove(id: number): boolean;
  /** Removes all faults, those of the world included. */
  clear(): void;
  /** The faults that have not been used up, with their ids. `left` is missing where every call is hit. */
  list(): readonly (Fault & { readonly id: number; readonly left?: number })[];
}
