import type { Operation } from "../operation.ts";

/** A request before it has credentials: plain fields, a URL that is not normalised, and a body that can be sent again. */
export interface OutgoingRequest {
  readonly operation: Operation;
  /** The URL, exactly as it is sent. */
  readonly url: string;
  /** Headers by their names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | undefined;
  /** A token for this request, instead of the client's credentials. */
  readonly token?: string | undefined;
  readonly limits: Limits;
}

/** What bounds one call. */
export interface Limits {
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number | undefined;
  readonly totalTimeoutMs?: number | undefined;
  readonly beforeSend?: (() => void | Promise<void>) | undefined;
  readonly onThrottled?: ((delayMs: number) => void) | undefined;
}
