import type { CredentialSource } from "./credential.ts";
import { keyOf } from "./key-parts.ts";

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
 * @throws CredentialsError when a part is missing, or begins or ends with a blank, a line break or a quote.
 */
export function accessKey(options: AccessKeyOptions): CredentialSource {
  const part = (name: keyof AccessKeyOptions) => ({ name, value: options[name] });
  const credential = keyOf("accessKey", {
    accessKeyId: part("accessKeyId"),
    secretAccessKey: part("secretAccessKey"),
    securityToken: part("securityToken"),
  });
  return () => credential;
}
