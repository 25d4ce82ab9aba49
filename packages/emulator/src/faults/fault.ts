import type { JobFate } from "../world/state.ts";

/** Something that goes wrong, on demand. */
export interface Fault {
  /** The operation that it hits, by operationId. Default: every operation; for a fate, every one that starts a job. */
  readonly operation?: string;
  /** How many calls it hits. Default: 1, or every call when a probability is given or the effect throttles. */
  readonly times?: number;
  /** How likely it hits a call, from 0 to 1, drawn from the emulator's seed. Default: 1. */
  readonly probability?: number;
  readonly effect: FaultEffect;
}

/** What a fault does to a call. */
export type FaultEffect =
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
  /** Cuts the connection without an answer: before the work is done, or after it. */
  | { readonly type: "cut"; readonly afterWork: boolean }
  /** Does the work and spoils the answer's body. */
  | { readonly type: "body"; readonly body: "truncated" | "html" | "empty" }
  /**
   * Answers 429 once more calls than this came within so many seconds of the emulator's clock. `retryAfter` is sent as
   * the header `Retry-After`, in seconds.
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
  /** Removes all faults. */
  clear(): void;
  /** The faults that have not been used up, with their ids. `left` is missing where every call is hit. */
  list(): readonly (Fault & { readonly id: number; readonly left?: number })[];
}
