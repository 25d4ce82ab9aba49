import type { Credential, CredentialContext, CredentialSource } from "../credentials/credential.ts";
import { fromEnvironment } from "../credentials/environment.ts";
import { CredentialsError } from "../errors/credentials-error.ts";
import { fromMetadata, type MetadataOptions } from "./metadata.ts";
import { fromProfile, type ProfileOptions } from "./profile.ts";

/** Where to look for credentials, if not in the usual places. */
export interface DefaultCredentialsOptions {
  readonly profile?: ProfileOptions | undefined;
  readonly metadata?: MetadataOptions | undefined;
  /** The variables. Default: those of the process. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
}

/**
 * Looks for credentials where the vendor's SDKs do: in the environment, then in the profile file, then in the metadata
 * service. The first source that has some is used from then on. A source that is there in part ends the search, where the
 * vendor's SDKs go on: the next one may hold the keys of another account.
 *
 * @throws CredentialsError that says what was tried and why nothing fitted, or which part of a source is missing;
 *   `isTransient` when a source may answer later.
 */
export function defaultCredentials(options: DefaultCredentialsOptions = {}): CredentialSource {
  const sources = [fromEnvironment(options.environment), fromProfile(options.profile), fromMetadata(options.metadata)];
  let chosen: CredentialSource | undefined;
  return async (context) => {
    if (chosen !== undefined) return chosen(context);
    const [source, credential] = await firstOf(sources, context);
    chosen = source;
    return credential;
  };
}

async function firstOf(
  sources: readonly CredentialSource[],
  context: CredentialContext,
): Promise<[CredentialSource, Credential]> {
  const reasons: string[] = [];
  let isTransient = false;
  for (const source of sources) {
    try {
      return [source, await source(context)];
    } catch (error) {
      if (!(error instanceof CredentialsError && (error.isAbsent || error.isTransient))) throw error;
      reasons.push(error.message);
      isTransient ||= error.isTransient;
    }
  }
  throw new CredentialsError(`No credentials were found. ${reasons.join(" ")}`, { isTransient });
}
