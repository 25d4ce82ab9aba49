import { ApsError } from "./aps-error.ts";

/** No usable credentials were found, or IAM refused them. Says what was tried, never a secret. */
export class CredentialsError extends ApsError {
  override name = "CredentialsError";
}
