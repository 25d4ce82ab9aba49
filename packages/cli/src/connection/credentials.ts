import { stat } from "node:fs/promises";
import { join } from "node:path";
import { type Credential, type CredentialSource, CredentialsError, environmentVariables } from "@workspace-aps/client";
import { defaultCredentials, fromProfile } from "@workspace-aps/client/node";
import type { Context } from "../program/context.ts";
import { homeOf } from "../settings/config-file.ts";
import type { Settings } from "../settings/settings.ts";
import type { Environment } from "../terminal/streams.ts";
import { MissingCredentialsError } from "./missing-credentials-error.ts";

/** The part of a run that decides as whom requests are sent. */
type Who = Pick<Context, "settings" | "host" | "log">;

/** The section that holds the keys of one region, by the vendor's name. */
const usualSection = "basic";

/** Where the vendor's SDKs keep keys. */
export function credentialsPath(environment: Environment): string {
  return environment.HUAWEICLOUD_SDK_CREDENTIALS_FILE || join(homeOf(environment), ".huaweicloud", "credentials");
}

/** The section of that file which holds the keys of a run. */
export function sectionOf(settings: Settings): string {
  return settings.text("credentials") ?? settings.profile?.value ?? usualSection;
}

/**
 * Finds out as whom requests are sent: the section of the credentials file that the named profile has, else the client's
 * default chain. Secrets are never options, because every user of a machine can read the arguments of every program.
 * `APS_METADATA_ENDPOINT` leads the last link of the chain to another metadata service.
 *
 * @returns a source that throws MissingCredentialsError when there are none.
 */
export function credentialsOf({ settings, host, log }: Who): CredentialSource {
  const { environment } = host;
  const path = credentialsPath(environment);
  const section = sectionOf(settings);
  const endpoint = environment.APS_METADATA_ENDPOINT || undefined;
  const source =
    settings.profile === undefined
      ? defaultCredentials({ environment, profile: { path, section }, metadata: { endpoint } })
      : fromProfile({ path, section });
  let told: string | undefined;
  return async (context) => {
    try {
      const credential = await source(context);
      const origin = originOf(credential, settings, environment);
      if (origin !== told) {
        told = origin;
        log.debug(`Credentials from ${origin}: ${idOf(credential)}`, { credentials: origin });
        if (origin === fileOf(path, section) && (await isReadByOthers(path)))
          log.note(`${path} can be read by other users of this machine. Mend it with: chmod 600 ${path}`);
      }
      return credential;
    } catch (error) {
      // What passes is not missing: the client asks again, and a wait goes on.
      throw error instanceof CredentialsError && !error.isTransient
        ? new MissingCredentialsError(error, settings.profile === undefined ? undefined : section)
        : error;
    }
  };
}

/** Where a credential was found, as the chain looks for it. */
export function originOf(credential: Credential, settings: Settings, environment: Environment): string {
  const { accessKeyId, secretAccessKey } = environmentVariables;
  const inVariables = credential.type === "accessKey" && environment[accessKeyId] === credential.accessKeyId;
  if (settings.profile === undefined && inVariables) return `${accessKeyId} and ${secretAccessKey}`;
  const isTemporary = credential.type === "accessKey" && credential.securityToken !== undefined;
  if (settings.profile === undefined && isTemporary) return "the metadata service of this server";
  return fileOf(credentialsPath(environment), sectionOf(settings));
}

/** An access key id as it may be shown: enough to tell keys apart. */
export function idOf(credential: Credential): string {
  if (credential.type === "token") return "a token";
  const { accessKeyId, securityToken } = credential;
  return `access key ${accessKeyId.slice(0, 4)}..${accessKeyId.slice(-4)}${securityToken === undefined ? "" : " with a security token"}`;
}

function fileOf(path: string, section: string): string {
  return `section [${section}] of ${path}`;
}

/** Whether others than its owner can read a file. */
export async function isReadByOthers(path: string): Promise<boolean> {
  if (process.platform === "win32") return false;
  const { mode } = await stat(path).catch(() => ({ mode: 0 }));
  return (mode & 0o077) !== 0;
}
