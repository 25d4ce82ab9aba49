import { CredentialsError } from "../errors/credentials-error.ts";
import type { CredentialSource } from "./credential.ts";

/** The variables that the vendor's SDKs read. */
export const environmentVariables = {
  accessKeyId: "HUAWEICLOUD_SDK_AK",
  secretAccessKey: "HUAWEICLOUD_SDK_SK",
  securityToken: "HUAWEICLOUD_SDK_SECURITY_TOKEN",
  projectId: "HUAWEICLOUD_SDK_PROJECT_ID",
} as const;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads an access key pair from the environment, under the names that the vendor's SDKs use: `HUAWEICLOUD_SDK_AK`,
 * `HUAWEICLOUD_SDK_SK`, and optionally `HUAWEICLOUD_SDK_SECURITY_TOKEN` and `HUAWEICLOUD_SDK_PROJECT_ID`. They are read
 * anew before every attempt.
 *
 * @param environment the variables. Default: those of the process, where there is one.
 * @throws CredentialsError that names the variables which are missing.
 */
export function fromEnvironment(environment?: Environment): CredentialSource {
  return () => {
    const variables = environment ?? processEnvironment();
    const accessKeyId = variables[environmentVariables.accessKeyId];
    const secretAccessKey = variables[environmentVariables.secretAccessKey];
    if (!accessKeyId || !secretAccessKey) {
      const missing = [
        accessKeyId ? undefined : environmentVariables.accessKeyId,
        secretAccessKey ? undefined : environmentVariables.secretAccessKey,
      ].filter((name) => name !== undefined);
      throw new CredentialsError(`Environment: ${missing.join(" and ")} not set.`);
    }
    return {
      type: "accessKey",
      accessKeyId,
      secretAccessKey,
      securityToken: variables[environmentVariables.securityToken] || undefined,
      projectId: variables[environmentVariables.projectId] || undefined,
    };
  };
}

function processEnvironment(): Environment {
  return (globalThis as { process?: { env?: Environment } }).process?.env ?? {};
}
