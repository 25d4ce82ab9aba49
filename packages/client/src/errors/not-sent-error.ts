import { ApsError } from "./aps-error.ts";

/** The caller's `beforeSend` held a request back. This attempt was not sent, and nothing follows it. */
export class NotSentError extends ApsError {
  override name = "NotSentError";
  /** The operation that was called, by its operationId. */
  readonly operationId: string;

  constructor(operationId: string, cause: unknown) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    super(`${operationId} was not sent: beforeSend held it back (${reason}).`, { cause });
    this.operationId = operationId;
  }
}
