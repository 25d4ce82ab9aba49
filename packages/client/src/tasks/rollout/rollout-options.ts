import type { CallOptions } from "../../method.ts";
import { settleMs } from "../service-time.ts";
import type { RolloutJournal } from "./rollout-journal.ts";
import type { RolloutProgress } from "./rollout-report.ts";

/** What to do with users who are still on a server. */
export interface DrainOptions {
  /** How long to wait for users to leave, in milliseconds, before `atTimeout` decides. Default: 3,600,000 (an hour). */
  readonly timeoutMs?: number | undefined;
  /**
   * What happens then. `wait`: goes on waiting. `skip`: the server is put back into service as it is. `logoff`: its users get
   * the message and lose their sessions after the grace period. Default: wait.
   */
  readonly atTimeout?: "wait" | "skip" | "logoff" | undefined;
  /** What users are told before they are logged off: 1 to 255 characters. */
  readonly message?: string | undefined;
  /** How long they have to save their work, in milliseconds. Default: 300,000 (5 minutes). */
  readonly graceMs?: number | undefined;
}

/** A server that has the new image, for a check by the caller. */
export interface MovedServer {
  readonly id: string;
  readonly name: string;
  readonly machineName: string;
  readonly imageId: string;
}

/** How to roll out, and whom to tell. */
export interface RolloutOptions extends Pick<CallOptions, "onThrottled"> {
  /** Where every step is noted. Give one with the records of an earlier run to go on with it. Default: in memory. */
  readonly journal?: RolloutJournal | undefined;
  readonly drain?: DrainOptions | undefined;
  /** How many servers may fail before the rollout ends. Default: 0. */
  readonly maxFailures?: number | undefined;
  /** What happens then: it stops and leaves what was moved, or goes back to the image from before. Default: stop. */
  readonly onFailure?: "stop" | "roll back" | undefined;
  /**
   * Checks a server that has the new image, before users come to it. One for which it throws or gives false, or a promise of
   * that, has failed, and stays in maintenance mode. After a run was cut off it may be asked again. Default: no check.
   */
  readonly verify?: ((server: MovedServer) => unknown) | undefined;
  /** Milliseconds between looks at the group. Default: 30,000. */
  readonly intervalMs?: number | undefined;
  /**
   * How old what the service shows may be, in milliseconds: nothing is concluded from a look before a change is this old.
   * Default: 155,000.
   */
  readonly settleMs?: number | undefined;
  /** How long a server may take to register after it was re-imaged, in milliseconds. Default: 900,000 (15 minutes). */
  readonly registerTimeoutMs?: number | undefined;
  /**
   * Ends the run as soon as what is under way is answered. Nothing is cleaned up: the result names what is drained or
   * switched off, and a run with the same journal goes on.
   */
  readonly signal?: AbortSignal | undefined;
  /** Called after every look. An exception that it throws ends the run as the signal does. */
  readonly onProgress?: ((progress: RolloutProgress) => void) | undefined;
}

/** The options with every default filled in. */
export function withDefaults({ drain = {}, ...given }: RolloutOptions) {
  return {
    ...given,
    drain: {
      timeoutMs: drain.timeoutMs ?? 3_600_000,
      atTimeout: drain.atTimeout ?? "wait",
      graceMs: drain.graceMs ?? 300_000,
      message:
        drain.message ??
        "This server is about to be updated. Save your work and sign out; you can sign in again at once.",
    },
    maxFailures: given.maxFailures ?? 0,
    onFailure: given.onFailure ?? "stop",
    intervalMs: given.intervalMs ?? 30_000,
    settleMs: given.settleMs ?? settleMs,
    registerTimeoutMs: given.registerTimeoutMs ?? 900_000,
  };
}

/** How to roll out, with every default. */
export type RolloutSettings = ReturnType<typeof withDefaults>;
