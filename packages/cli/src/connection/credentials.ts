import { homedir } from "node:os";
import { join } from "node:path";
import { type CredentialSource, CredentialsError } from "@workspace-aps/client";
import { defaultCredentials, fromProfile } from "@workspace-aps/client/node";
import { variableOf } from "../arguments/option.ts";
import type { Given } from "../arguments/parse.ts";
import type { Environment } from "../terminal/streams.ts";
import { MissingCredentialsError } from "./missing-credentials-error.ts";

/**
 * Finds out as whom requests are sent: the section of the profile file that `--profile` names, else the client's default
 * chain. Secrets are never options, because every user of a machine can read the arguments of every program.
 * `APS_METADATA_ENDPOINT` leads the last link of the chain to another metadata service.
 *
 * @returns a source that throws MissingCredentialsError when there are none.
 */
export function credentialsOf(given: Given, environment: Environment): CredentialSource {
  const section = given.texts.get("profile")?.[0] ?? (environment[variableOf("profile")] || undefined);
  const endpoint = environment.APS_METADATA_ENDPOINT || undefined;
  const path = environment.HUAWEICLOUD_SDK_CREDENTIALS_FILE || join(homeOf(environment), ".huaweicloud", "credentials");
  const source =
    section === undefined
      ? defaultCredentials({ environment, profile: { path }, metadata: { endpoint } })
      : fromProfile({ path, section });
  return async (context) => {
    try {
      return await source(context);
    } catch (error) {
      // What passes is not missing: the client asks again, and a wait goes on.
      throw error instanceof CredentialsError && !error.isTransient
        ? new MissingCredentialsError(error, section)
        : error;
    }
  };
}

function homeOf({ HOME, USERPROFILE }: Environment): string {
  return (process.platform === "win32" ? USERPROFILE : HOME) || homedir();
}
