import { ApsError } from "./aps-error.ts";

/** What may be said of a {@link TimeoutError} beside its limit. */
export interface TimeoutDetails {
  readonly operationId?: string | undefined;
  readonly observed?: unknown;
  readonly resumeToken?: string | undefined;
}

/** Time ran out: that of one attempt of a call, or that of waiting for jobs. */
export class TimeoutError extends ApsError {
  override name = "TimeoutError";
  /** The limit that was reached, in milliseconds. */
  readonly timeoutMs: number;
  /** The operation that gave no answer, by its operationId. Undefined for a wait. */
  declare readonly operationId: string | undefined;
  /** What was seen before time ran out, such as the job as last looked at. Never a secret. */
  declare readonly observed: unknown;

  constructor(message: string, timeoutMs: number, details: TimeoutDetails = {}) {
    super(message);
    this.timeoutMs = timeoutMs;
    Object.assign(this, details);
  }
}
