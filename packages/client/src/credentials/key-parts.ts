import { CredentialsError } from "../errors/credentials-error.ts";
import type { KeyCredential } from "./credential.ts";

/** A part of a credential as its source holds it, with the name that it has there. */
export interface KeyPart {
  readonly name: string;
  readonly value: string | undefined;
}

/** What a source may hold of an access key pair. */
export interface KeyParts {
  readonly accessKeyId: KeyPart;
  readonly secretAccessKey: KeyPart;
  readonly securityToken: KeyPart;
  readonly projectId?: KeyPart | undefined;
  readonly iamEndpoint?: KeyPart | undefined;
}

/**
 * Makes a credential of what a source holds. It is whole or refused: half a pair must not lead to the keys of another source,
 * which may belong to another account, and a key with a blank at its end would count towards the lock of the gateway.
 *
 * @param source begins the message of an error: which source it is.
 * @throws CredentialsError that names the parts which are missing or malformed, and shows none; `isAbsent` when the source
 *   holds no part of a key.
 */
export function keyOf(source: string, parts: KeyParts): KeyCredential {
  const { accessKeyId, secretAccessKey, securityToken, projectId, iamEndpoint } = parts;
  const pair = [accessKeyId, secretAccessKey];
  const missing = pair.filter(({ value }) => !value);
  if (missing.length > 0) {
    const there = [...pair, securityToken].filter(({ value }) => value);
    const although = there.length === 0 ? "" : `, although ${namesOf(there)} is`;
    throw new CredentialsError(`${source}: ${namesOf(missing)} not set${although}.`, { isAbsent: there.length === 0 });
  }
  const optional = (part: KeyPart | undefined) => part?.value && wellFormed(source, part);
  return {
    type: "accessKey",
    accessKeyId: wellFormed(source, accessKeyId),
    secretAccessKey: wellFormed(source, secretAccessKey),
    securityToken: optional(securityToken) || undefined,
    projectId: optional(projectId) || undefined,
    iamEndpoint: optional(iamEndpoint) || undefined,
  };
}

/**
 * @returns the value of a part that is there.
 * @throws CredentialsError when it begins or ends with what a copy, a file or a shell has added.
 */
export function wellFormed(source: string, { name, value = "" }: KeyPart): string {
  const [added] = /^[\s"'`]|[\s"'`]$/.exec(value) ?? [];
  if (added === undefined) return value;
  const what = /["'`]/.test(added) ? "a quote" : /[\r\n]/.test(added) ? "a line break" : "a blank";
  throw new CredentialsError(
    `${source}: ${name} begins or ends with ${what}, which is no part of it. Nothing was sent.`,
  );
}

function namesOf(parts: readonly KeyPart[]): string {
  return parts.map(({ name }) => name).join(" and ");
}
