import { ApsError } from "./aps-error.ts";

/** Time ran out. */
export class TimeoutError extends ApsError {
  override name = "TimeoutError";
  /** The limit that was reached, in milliseconds. */
  readonly timeoutMs: number;
  /** What was seen before time ran out, such as the job as last looked at. Never a secret. */
  readonly observed: unknown;

  /** Goes on with a wait that ran out of time: pass it to `waitForImageJob`. Undefined for a call that timed out. */
  readonly resumeToken: string | undefined;

  constructor(message: string, timeoutMs: number, seen: { observed?: unknown; resumeToken?: string } = {}) {
    super(message);
    this.timeoutMs = timeoutMs;
    this.observed = seen.observed;
    this.resumeToken = seen.resumeToken;
  }
}
