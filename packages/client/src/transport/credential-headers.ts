import type { Credential } from "../credentials/credential.ts";
import { CredentialsError } from "../errors/credentials-error.ts";
import { canonicalPath, canonicalQuery } from "../sign/canonical.ts";
import type { Digest } from "../sign/digest.ts";
import { authorization, compactTime, signedHeaders, splitUrl } from "../sign/sign.ts";
import type { OutgoingRequest } from "./outgoing-request.ts";

/**
 * How names of headers begin that are not signed: the platform's `fetch` sets, replaces or drops them, or whoever stands in between
 * may change them. Every other header is signed, whoever has added it.
 */
const changeable =
  /^(accept|authorization|baggage|cache-control|cookie|date|host|origin|pragma|referer|sec-|trace|user-agent|via|x-auth-token|x-forwarded)/;

/**
 * Adds to the headers of a request what says who sends it: a token, or all of a signature but the signature itself.
 *
 * @returns the header `Authorization`; undefined where there is a token, or no credential.
 * @throws CredentialsError when a part of the credential cannot be sent.
 */
export function addCredential(
  headers: Record<string, string>,
  { operation, url, body, token }: OutgoingRequest,
  credential: Credential | undefined,
  nowMs: number,
): Digest | undefined {
  if (token !== undefined) headers["x-auth-token"] = sendable("token", token);
  else if (credential?.type === "token") headers["x-auth-token"] = sendable("token", credential.token);
  else if (credential !== undefined) {
    sendable("access key id", credential.accessKeyId);
    const { host, path, query } = splitUrl(url);
    const given: Record<string, string> = { host };
    for (const name in headers) if (!changeable.test(name)) given[name] = headers[name] as string;
    const signed = signedHeaders(given, credential, compactTime(nowMs));
    headers["x-sdk-date"] = signed["x-sdk-date"] as string;
    if (credential.securityToken !== undefined) {
      headers["x-security-token"] = sendable("security token", credential.securityToken);
    }
    const parts = { method: operation.method, path: canonicalPath(path), query: canonicalQuery(query) };
    return authorization(parts, signed, body, credential);
  }
  return undefined;
}

/** Checked here, because `fetch` would show the whole value in its error. */
function sendable(what: string, value: string): string {
  if (/^[ -~]+$/.test(value)) return value;
  throw new CredentialsError(`The ${what} is empty, or cannot be sent in a header: it may hold a line break.`);
}
