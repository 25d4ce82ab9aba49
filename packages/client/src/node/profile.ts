import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import type { CredentialSource } from "../credentials/credential.ts";
import { CredentialsError } from "../errors/credentials-error.ts";

/** Where the profile file and the keys in it are. */
export interface ProfileOptions {
  /** Path of the file. Default: `HUAWEICLOUD_SDK_CREDENTIALS_FILE`, else `.huaweicloud/credentials` in the home folder. */
  readonly path?: string | undefined;
  /** Section of the file. Default: `basic`, the vendor's name for credentials of a region. */
  readonly section?: string | undefined;
}

/**
 * Reads an access key pair from the profile file that the vendor's SDKs read: INI, with `ak`, `sk` and optionally
 * `security_token` and `project_id`. The file is read anew before every attempt, so a changed key is used at once.
 *
 * @throws CredentialsError when the file, the section or a key is missing. Never shows a value of the file.
 */
export function fromProfile(options: ProfileOptions = {}): CredentialSource {
  return async () => {
    const path =
      options.path ?? (process.env.HUAWEICLOUD_SDK_CREDENTIALS_FILE || join(homedir(), ".huaweicloud", "credentials"));
    const section = options.section ?? "basic";
    const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
      throw new CredentialsError(`Profile: ${path} cannot be read (${error.code}).`);
    });
    const values = readSection(text, section);
    if (values === undefined) throw new CredentialsError(`Profile: ${path} has no section [${section}].`);
    const { ak, sk, security_token: securityToken, project_id: projectId } = values;
    if (!ak || !sk) throw new CredentialsError(`Profile: section [${section}] of ${path} has no ${ak ? "sk" : "ak"}.`);
    return {
      type: "accessKey",
      accessKeyId: ak,
      secretAccessKey: sk,
      securityToken: securityToken || undefined,
      projectId: projectId || undefined,
    };
  };
}

/** The keys of one section of an INI file, or undefined when there is no such section. */
function readSection(text: string, section: string): Record<string, string> | undefined {
  let values: Record<string, string> | undefined;
  let isHere = false;
  for (const line of text.split(/\r?\n/).map((raw) => raw.trim())) {
    const header = /^\[(.+)\]$/.exec(line);
    if (header !== null) {
      isHere = header[1]?.trim() === section;
      if (isHere) values ??= {};
    } else if (isHere && values !== undefined && !/^[#;]/.test(line)) {
      const at = line.indexOf("=");
      if (at > 0) values[line.slice(0, at).trim()] = line.slice(at + 1).trim();
    }
  }
  return values;
}
