import { CredentialsError } from "../errors/credentials-error.ts";
import type { CredentialSource, KeyCredential } from "./credential.ts";

/** An access key pair, as made in the console or by IAM. */
export interface AccessKeyOptions {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** The security token of temporary keys. */
  readonly securityToken?: string | undefined;
}

/**
 * Signs every request with an access key pair (SDK-HMAC-SHA256).
 *
 * @throws CredentialsError when a part is missing or empty.
 */
export function accessKey(options: AccessKeyOptions): CredentialSource {
  const { accessKeyId, secretAccessKey, securityToken } = options;
  if (!accessKeyId) throw new CredentialsError("accessKey: accessKeyId is missing or empty.");
  if (!secretAccessKey) throw new CredentialsError("accessKey: secretAccessKey is missing or empty.");
  const credential: KeyCredential = { type: "accessKey", accessKeyId, secretAccessKey, securityToken };
  return () => credential;
}
