/** What the client tells while it works. No event ever holds a header, a body or a secret. */
export type ClientEvent =
  | { readonly type: "request"; readonly operationId: string; readonly attempt: number; readonly url: string }
  | {
      readonly type: "response";
      readonly operationId: string;
      readonly attempt: number;
      readonly status: number;
      readonly requestId: string | undefined;
      readonly durationMs: number;
    }
  | { readonly type: "retry"; readonly operationId: string; readonly attempt: number; readonly delayMs: number }
  | { readonly type: "renewal"; readonly operationId: string; readonly reason: "credentials" | "clock" }
  | { readonly type: "poll"; readonly jobId: string; readonly status: string; readonly elapsedMs: number };
