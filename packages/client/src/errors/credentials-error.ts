import { ApsError } from "./aps-error.ts";

/** What may be said of a {@link CredentialsError} beside its message. */
export interface CredentialsErrorOptions extends ErrorOptions {
  /** Whether another try may succeed. Default: false. */
  readonly isTransient?: boolean | undefined;
  /** Whether the source holds nothing at all, so that another may be asked. Default: false. */
  readonly isAbsent?: boolean | undefined;
}

/**
 * No usable credentials were found, or IAM refused them. Says what was tried, never a secret. The call for which they were
 * wanted was not sent.
 */
export class CredentialsError extends ApsError {
  override name = "CredentialsError";
  /**
   * Whether another try may succeed, because whoever gives the credentials could not be reached or was overloaded. Waiting
   * for a job goes on after such an error, and ends with any other.
   */
  readonly isTransient: boolean;
  /** Whether the source holds nothing at all, so that another may be asked. What is there in part is not absent. */
  readonly isAbsent: boolean;

  constructor(message: string, options: CredentialsErrorOptions = {}) {
    super(message, options);
    this.isTransient = options.isTransient ?? false;
    this.isAbsent = options.isAbsent ?? false;
  }
}
