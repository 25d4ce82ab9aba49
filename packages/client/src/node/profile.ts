import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type { CredentialSource } from "../credentials/credential.ts";
import { keyOf } from "../credentials/key-parts.ts";
import { CredentialsError } from "../errors/credentials-error.ts";
import { decodeText } from "./decode-text.ts";
import { readSection } from "./profile-section.ts";

/** Where the profile file and the keys in it are. */
export interface ProfileOptions {
  /** Path of the file. Default: `HUAWEICLOUD_SDK_CREDENTIALS_FILE`, else `.huaweicloud/credentials` in the home folder. */
  readonly path?: string | undefined;
  /** Section of the file. Default: `basic`, the vendor's name for credentials of a region. */
  readonly section?: string | undefined;
}

/**
 * Reads an access key pair from the profile file that the vendor's SDKs read: INI, with `ak`, `sk` and optionally
 * `security_token`, `project_id` and `iam_endpoint`. The file is read anew before every attempt, so a changed key is used at
 * once.
 *
 * @throws CredentialsError when the file, the section or a key is missing (`isAbsent` when nothing is there), a value is
 *   malformed, or the vendor's SDKs disagree on what a line means. Never shows a value of the file.
 */
export function fromProfile(options: ProfileOptions = {}): CredentialSource {
  return async () => {
    const path =
      options.path ?? (process.env.HUAWEICLOUD_SDK_CREDENTIALS_FILE || join(homedir(), ".huaweicloud", "credentials"));
    const section = options.section ?? "basic";
    const values = readSection(`Profile ${path}`, await readProfile(path), section);
    if (values === undefined)
      throw new CredentialsError(`Profile: ${path} has no section [${section}].`, { isAbsent: true });
    if (values.get("idp_id") && values.get("id_token_file"))
      throw new CredentialsError(
        `Profile: section [${section}] of ${path} asks for a federated identity (idp_id), which is not supported.`,
      );
    const part = (name: string) => ({ name, value: values.get(name) });
    return keyOf(`Profile: section [${section}] of ${path}`, {
      accessKeyId: part("ak"),
      secretAccessKey: part("sk"),
      securityToken: part("security_token"),
      projectId: part("project_id"),
      iamEndpoint: part("iam_endpoint"),
    });
  };
}

async function readProfile(path: string): Promise<string> {
  const bytes = await readFile(path).catch(({ code }: NodeJS.ErrnoException) => {
    const isAbsent = code === "ENOENT" || code === "ENOTDIR";
    throw new CredentialsError(`Profile: ${path} ${isAbsent ? "does not exist" : `cannot be read (${code})`}.`, {
      isAbsent,
    });
  });
  try {
    return decodeText(bytes);
  } catch (error) {
    throw new CredentialsError(`Profile: ${path} ${(error as Error).message}.`);
  }
}
