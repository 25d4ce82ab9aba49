/** The command line is wrong. Nothing was read or written. */
export class UsageError extends Error {
  override name = "UsageError";
}
