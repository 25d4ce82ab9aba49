/** An error code that the contract does not know. */
export class UnknownCodeError extends Error {
  override name = "UnknownCodeError";
}
