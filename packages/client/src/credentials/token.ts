import { CredentialsError } from "../errors/credentials-error.ts";
import type { CredentialSource } from "./credential.ts";

/**
 * Sends a user token that you obtained elsewhere. Give a function when the token changes; it is asked before every
 * attempt.
 *
 * @throws CredentialsError when the token is empty.
 */
export function token(value: string | (() => string | Promise<string>)): CredentialSource {
  return async () => {
    const current = typeof value === "function" ? await value() : value;
    if (!current) throw new CredentialsError("token: the token is empty.");
    return { type: "token", token: current };
  };
}
