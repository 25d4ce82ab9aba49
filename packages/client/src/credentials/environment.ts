import { CredentialsError } from "../errors/credentials-error.ts";
import type { CredentialSource } from "./credential.ts";
import { keyOf } from "./key-parts.ts";

/** The variables that the vendor's SDKs read. */
export const environmentVariables = {
  accessKeyId: "HUAWEICLOUD_SDK_AK",
  secretAccessKey: "HUAWEICLOUD_SDK_SK",
  securityToken: "HUAWEICLOUD_SDK_SECURITY_TOKEN",
  projectId: "HUAWEICLOUD_SDK_PROJECT_ID",
  iamEndpoint: "HUAWEICLOUD_SDK_IAM_ENDPOINT",
} as const;

/** With both, the vendor's SDKs ask IAM for keys of a federated identity, whatever other keys there are. */
const federation = ["HUAWEICLOUD_SDK_IDP_ID", "HUAWEICLOUD_SDK_ID_TOKEN_FILE"] as const;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads an access key pair from the environment, under the names that the vendor's SDKs use: `HUAWEICLOUD_SDK_AK`,
 * `HUAWEICLOUD_SDK_SK`, and optionally `HUAWEICLOUD_SDK_SECURITY_TOKEN`, `HUAWEICLOUD_SDK_PROJECT_ID` and
 * `HUAWEICLOUD_SDK_IAM_ENDPOINT`. They are read anew before every attempt.
 *
 * @param environment the variables. Default: those of the process, where there is one.
 * @throws CredentialsError that names the variables which are missing, or begin or end with a blank, a line break or a quote;
 *   or when the variables ask for a federated identity, which is not supported.
 */
export function fromEnvironment(environment?: Environment): CredentialSource {
  return () => {
    const variables = environment ?? processEnvironment();
    if (federation.every((name) => variables[name])) {
      throw new CredentialsError(
        `Environment: ${federation.join(" and ")} ask for a federated identity, which is not supported. Unset them to use an access key.`,
      );
    }
    const part = (of: keyof typeof environmentVariables) => {
      const name = environmentVariables[of];
      return { name, value: variables[name] };
    };
    return keyOf("Environment", {
      accessKeyId: part("accessKeyId"),
      secretAccessKey: part("secretAccessKey"),
      securityToken: part("securityToken"),
      projectId: part("projectId"),
      iamEndpoint: part("iamEndpoint"),
    });
  };
}

function processEnvironment(): Environment {
  return (globalThis as { process?: { env?: Environment } }).process?.env ?? {};
}
