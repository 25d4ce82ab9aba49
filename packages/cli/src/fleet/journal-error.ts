/** The journal can no longer be kept, so the run ended: a step that is not noted could be repeated. */
export class JournalError extends Error {
  override name = "JournalError";
  readonly path: string;

  /** @param problem completes "The journal .. ". */
  constructor(path: string, problem: string, options?: ErrorOptions) {
    super(`The journal ${path} ${problem} No further request was sent.`, options);
    this.path = path;
  }
}
