import { ApsError } from "./aps-error.ts";

/** The connection failed before a whole answer arrived. */
export class ConnectionError extends ApsError {
  override name = "ConnectionError";
  /** The operation that was called, by its operationId. */
  readonly operationId: string;
  /** Whether the request may have reached the service, so that its work may have been done. */
  readonly mayHaveReached: boolean;

  constructor(operationId: string, mayHaveReached: boolean, cause: unknown) {
    const reached = mayHaveReached ? "The request may have reached the service." : "The request was not sent.";
    super(`${operationId}: the connection failed (${reasonOf(cause)}). ${reached}`, { cause });
    this.operationId = operationId;
    this.mayHaveReached = mayHaveReached;
  }
}

/** The system's code for a failed connection, which fetch keeps in a cause. */
export function connectionCode(error: unknown): string | undefined {
  for (let inner = error; inner instanceof Error; inner = inner.cause) {
    const { code } = inner as { code?: unknown };
    if (typeof code === "string") return code;
  }
  return undefined;
}

function reasonOf(cause: unknown): string {
  return connectionCode(cause) ?? (cause instanceof Error ? cause.message : "unknown reason");
}
