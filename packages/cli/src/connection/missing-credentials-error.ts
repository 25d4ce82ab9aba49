import { CredentialsError, environmentVariables } from "@workspace-aps/client";

/** There are no credentials, so nothing was sent. Says what was looked for and where. */
export class MissingCredentialsError extends CredentialsError {
  override name = "MissingCredentialsError";
  /** What to do about it. */
  readonly help: readonly string[];

  constructor(cause: CredentialsError) {
    super(cause.message, { cause });
    const { accessKeyId, secretAccessKey, securityToken } = environmentVariables;
    this.help = [
      `Set ${accessKeyId} and ${secretAccessKey} (and ${securityToken} with temporary keys), or write a profile file.`,
      "They are never options, because every user of a machine sees the options of every program.",
    ];
  }
}
