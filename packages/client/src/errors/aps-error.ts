/** The base of every error that this client throws. None of them ever holds a secret. */
export class ApsError extends Error {
  override name = "ApsError";
  /** Of an error that ended a wait: goes on with it, by `waitForImageJob`. */
  declare readonly resumeToken: string | undefined;
}
