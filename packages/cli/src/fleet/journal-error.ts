/** The journal cannot be written, so the run ended: a step that is not noted could be repeated. */
export class JournalError extends Error {
  override name = "JournalError";
  readonly path: string;

  constructor(path: string, cause: NodeJS.ErrnoException) {
    super(`The journal ${path} cannot be written (${cause.code ?? cause.message}). No further request was sent.`, {
      cause,
    });
    this.path = path;
  }
}
