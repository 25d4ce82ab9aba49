/** A request that the emulator has answered. Holds no header, query or body, but for what explains a refused signature. */
export interface LoggedRequest {
  /** When it was answered, on the emulator's clock, as ISO 8601 in UTC. */
  readonly at: string;
  readonly method: string;
  readonly path: string;
  /** Undefined when the contract has no such path. */
  readonly operationId: string | undefined;
  /** 0 when the connection was cut. */
  readonly status: number;
  readonly requestId: string;
  /** The code of a refusal. */
  readonly code?: string;
  /** What went wrong, in the words of the answer. */
  readonly message?: string;
  /** The ids of the faults that hit it. */
  readonly faults?: readonly number[];
  /** How the emulator reads a request whose signature it refuses. */
  readonly signature?: SignatureReading;
}

/** What a signature should have been made over. Values of headers that may be secret are left out. */
export interface SignatureReading {
  readonly canonicalRequest: string;
  readonly stringToSign: string;
  /** What the signer has probably done wrong, when one of the usual mistakes explains the signature. */
  readonly hint?: string;
}
