import type { LoggedRequest, SignatureReading } from "../logged-request.ts";

/** A request as it was received. Path and query are the raw text of the request line, because they are signed. */
export interface IncomingRequest {
  readonly method: string;
  /** Raw path, still percent-encoded. */
  readonly path: string;
  /** Raw query without the question mark. */
  readonly query: string;
  /** Headers by name in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array;
  /** Why this could not be read as HTTP. The gateway refuses it, whatever else it says. */
  readonly unreadable?: { readonly status: 400 | 494; readonly reason: string };
}

/** An answer. `body` is sent as JSON; undefined sends none. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** How the body is laid out. Default: as short as can be. */
  readonly layout?: "indented";
  /** For the log, when the signature is refused. Never sent. */
  readonly signature?: SignatureReading;
}

/** An answer as it is sent, with what a fault has made of it. */
export interface RawAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** The body. */
  readonly text: string;
  /** The connection ends after this share of the body, or before anything is sent. */
  readonly cut?: "everything" | "half";
  /** What the emulator keeps about the request. Never sent. */
  readonly logged: LoggedRequest;
}
