import { failureReason, isLasting } from "../transport/fetch-failure.ts";
import { ApsError } from "./aps-error.ts";

/** The connection failed before a whole answer arrived. */
export class ConnectionError extends ApsError {
  override name = "ConnectionError";
  /** The operation that was called, by its operationId. */
  readonly operationId: string;
  /** Whether the request may have reached the service, so that its work may have been done. */
  readonly mayHaveReached: boolean;
  /**
   * Whether another try may succeed. Not when somebody has to mend something first, such as a certificate or a login at a proxy;
   * but for a host that has answered this client before, that may well pass, as a portal in between does.
   */
  readonly isTransient: boolean;

  constructor(operationId: string, mayHaveReached: boolean, cause: unknown, { hasAnswered = false } = {}) {
    const reached = mayHaveReached ? "The request may have reached the service." : "The request was not sent.";
    super(`${operationId}: the connection failed (${failureReason(cause)}). ${reached}`, { cause });
    this.operationId = operationId;
    this.mayHaveReached = mayHaveReached;
    this.isTransient = hasAnswered || !isLasting(cause);
  }
}
