import { CredentialsError, environmentVariables } from "@workspace-aps/client";

/** There are no credentials, so nothing was sent. Says what was looked for and where. */
export class MissingCredentialsError extends CredentialsError {
  override name = "MissingCredentialsError";
  /** What to do about it. */
  readonly help: readonly string[];

  /** @param section the section of the profile file that was asked for, and that keeps every other source away. */
  constructor(cause: CredentialsError, section?: string) {
    super(cause.message, { cause });
    const { accessKeyId, secretAccessKey, securityToken } = environmentVariables;
    const variables = `${accessKeyId} and ${secretAccessKey} (and ${securityToken} with temporary keys)`;
    this.help = [
      section === undefined
        ? `Set ${variables}, or write ak and sk into section [basic] of the profile file. aps configure does that.`
        : `Write ak and sk into section [${section}] of the profile file; or leave out --profile and APS_PROFILE, and set ${variables}.`,
      "Secrets are never options, because every user of a machine sees the options of every program.",
    ];
  }
}
