/** One attempt of a request. */
interface AttemptTold {
  readonly operationId: string;
  /** Which attempt of the call it is, from 1. */
  readonly attempt: number;
  readonly method: string;
  readonly url: string;
  /** The path with names for its parameters; undefined where it is that of no operation. */
  readonly template: string | undefined;
}

/**
 * What the client tells while it works. No event ever holds a header, a body or a secret. Whoever waits for longer than 10 s
 * before the next one was told so by a `delayMs`.
 */
export type ClientEvent =
  | ({ readonly type: "request" } & AttemptTold)
  | ({
      readonly type: "response";
      readonly status: number;
      readonly requestId: string | undefined;
      /** Milliseconds since the attempt began. */
      readonly durationMs: number;
    } & AttemptTold)
  /** A request got no answer. Whether it is repeated is told next, with `retry`. */
  | ({
      readonly type: "failure";
      /** The name of the error, such as `ConnectionError` or `TimeoutError`. */
      readonly reason: string;
      /** Milliseconds since the attempt began. */
      readonly durationMs: number;
    } & AttemptTold)
  | {
      readonly type: "retry";
      /** `credentials` for a source of credentials of which no more is known. */
      readonly operationId: string;
      /** The attempt that failed, from 1. */
      readonly attempt: number;
      /** Milliseconds until the next one. */
      readonly delayMs: number;
      /** How it failed: `status 503`, or the name of the error. */
      readonly reason: string;
    }
  /** Other credentials are used from now on, obtained for this operation; or the clock was corrected by the service's. */
  | {
      readonly type: "renewal";
      readonly operationId: string;
      readonly reason: "credentials" | "clock";
      /** Milliseconds that the operation has waited for it. */
      readonly durationMs: number;
    }
  /** A look into what became of a request for an image whose answer was lost or is in doubt. */
  | {
      readonly type: "search";
      readonly serverId: string;
      readonly name: string;
      /** `unknown`: it is looked again, or stays in doubt. */
      readonly verdict: "started" | "not started" | "unknown";
      /**
       * How the request had ended: `status 503`, or the name of the error. A status below 500 is a refusal, which is looked into
       * because an earlier copy of the request may be its reason. Undefined for one of which no more is known.
       */
      readonly reason: string | undefined;
      /** As seen last. */
      readonly serverStatus: string | undefined;
      readonly elapsedMs: number;
      /** Milliseconds until the next look, if this was not the last. */
      readonly delayMs: number;
    }
  | {
      readonly type: "poll";
      readonly jobId: string;
      readonly status: string;
      readonly elapsedMs: number;
      /** Milliseconds until the next look, if this was not the last. */
      readonly delayMs: number;
    };
