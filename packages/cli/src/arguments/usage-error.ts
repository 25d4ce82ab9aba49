/** The command was typed wrongly. Nothing has been sent. */
export class UsageError extends Error {
  override name = "UsageError";
}
