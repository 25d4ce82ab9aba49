/** An answer that was read to its end. */
export interface Answer {
  readonly response: Response;
  readonly text: string;
  /** Parsed JSON, undefined where there is no body, or the text of anything else. */
  readonly body: unknown;
}
