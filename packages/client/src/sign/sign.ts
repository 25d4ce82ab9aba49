import { type CanonicalParts, canonicalPath, canonicalQuery, canonicalRequest } from "./canonical.ts";
import { after, type Digest, hmacSha256, sha256 } from "./digest.ts";

/** An access key pair, permanent or temporary. */
export interface AccessKey {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  /** The security token of temporary keys. */
  readonly securityToken?: string | undefined;
}

/** A request that is to be signed. */
export interface SignableRequest {
  readonly method: string;
  /** The absolute URL, exactly as it is sent. */
  readonly url: string;
  /** Further headers to sign, by name. `Host` is taken from the URL. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The body, exactly as it is sent. */
  readonly body?: string | undefined;
}

/** The headers that carry a signature: `X-Sdk-Date`, `Authorization` and, for temporary keys, `X-Security-Token`. */
export type SignatureHeaders = Readonly<Record<string, string>>;

const algorithm = "SDK-HMAC-SHA256";

/**
 * Signs a request with SDK-HMAC-SHA256. Signed are the host, the date, the given headers and the security token.
 * A browser signs only in a secure context (https, or localhost), because Web Crypto exists only there.
 *
 * @param request what is sent, byte for byte.
 * @param key the key pair.
 * @param date time of signing; the service refuses a signature that is more than 15 minutes off. Default: now.
 * @returns the headers to send with the request.
 * @throws TypeError when the URL is not absolute.
 * @throws CredentialsError when the platform offers no digest.
 */
export async function signRequest(
  request: SignableRequest,
  key: AccessKey,
  date: Date = new Date(),
): Promise<SignatureHeaders> {
  const time = compactTime(date.getTime());
  const [parts, headers] = partsOf(request);
  const signature: Record<string, string> = {
    "X-Sdk-Date": time,
    Authorization: await authorization(parts, signedHeaders(headers, key, time), request.body, key),
  };
  if (key.securityToken !== undefined) signature["X-Security-Token"] = key.securityToken;
  return signature;
}

/**
 * The value of the header `Authorization`: at once where digests are there at once.
 *
 * @param headers every header that is signed, from {@link signedHeaders}.
 */
export function authorization(
  parts: CanonicalParts,
  headers: Readonly<Record<string, string>>,
  body: string | undefined,
  { accessKeyId, secretAccessKey }: AccessKey,
): Digest {
  const names = Object.keys(headers).sort();
  const hash = after(payloadHash(body), (payload) => sha256(canonicalRequest(parts, headers, names, payload)));
  const text = after(hash, (hex) => hmacSha256(secretAccessKey, stringToSign(headers["x-sdk-date"] as string, hex)));
  return after(text, (hex) => `${algorithm} Access=${accessKeyId}, SignedHeaders=${names.join(";")}, Signature=${hex}`);
}

/**
 * A request in canonical form, and its headers with the host by their names in lower case.
 *
 * @throws TypeError when the URL is not absolute.
 */
export function partsOf({ method, url, headers }: SignableRequest): [CanonicalParts, Record<string, string>] {
  const { host, path, query } = splitUrl(url);
  const lower: Record<string, string> = { host };
  for (const name in headers) lower[name.toLowerCase()] = headers[name] as string;
  return [{ method: method.toUpperCase(), path: canonicalPath(path), query: canonicalQuery(query) }, lower];
}

/**
 * Splits a URL without normalising it, so that what is signed is what is sent.
 *
 * @throws TypeError when it is not absolute.
 */
export function splitUrl(url: string): { host: string; path: string; query: string } {
  const [, host, path = "", query = ""] = /^[a-z]+:\/\/([^/?#]+)([^?#]*)\??([^#]*)/i.exec(url) ?? [];
  if (host === undefined) throw new TypeError("signRequest: the URL must be absolute.");
  return { host, path, query };
}

/** The headers that are signed: those that are given, the date and the security token. */
export function signedHeaders(
  headers: Readonly<Record<string, string>>,
  { securityToken }: AccessKey,
  time: string,
): Record<string, string> {
  const signed: Record<string, string> = { ...headers, "x-sdk-date": time };
  if (securityToken !== undefined) signed["x-security-token"] = securityToken;
  return signed;
}

let emptyHash: Digest | undefined;

/** SHA-256 of the body. That of no body, which most requests have, is kept. */
export function payloadHash(body: string | undefined): Digest {
  if (body) return sha256(body);
  emptyHash ??= sha256("");
  return emptyHash;
}

/** The text that the key signs. */
export function stringToSign(time: string, canonicalHash: string): string {
  return `${algorithm}\n${time}\n${canonicalHash}`;
}

let lastSecond = Number.NaN;
let lastTime = "";

/** `2024-05-06T14:50:14.000Z` as `20240506T145014Z`. Kept for a second, in which many requests may be signed. */
export function compactTime(ms: number): string {
  const second = Math.floor(ms / 1000);
  if (second !== lastSecond) {
    lastTime = `${new Date(ms).toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
    lastSecond = second;
  }
  return lastTime;
}
