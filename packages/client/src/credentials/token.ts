import { CredentialsError } from "../errors/credentials-error.ts";
import type { CredentialSource } from "./credential.ts";
import { wellFormed } from "./key-parts.ts";

/**
 * Sends a user token that you obtained elsewhere. Give a function when the token changes; it is asked before every
 * attempt.
 *
 * @throws CredentialsError when the token is empty, or begins or ends with a blank, a line break or a quote.
 */
export function token(value: string | (() => string | Promise<string>)): CredentialSource {
  return async () => {
    const current = typeof value === "function" ? await value() : value;
    if (!current) throw new CredentialsError("token: the token is empty.");
    return { type: "token", token: wellFormed("token", { name: "token", value: current }) };
  };
}
