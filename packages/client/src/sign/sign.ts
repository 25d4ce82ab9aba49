import { canonicalRequest, signedHeaderNames } from "./canonical.ts";
import { type Digest, hmacSha256, sha256 } from "./digest.ts";

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
 */
export async function signRequest(
  request: SignableRequest,
  key: AccessKey,
  date: Date = new Date(),
): Promise<SignatureHeaders> {
  const time = compactTime(date);
  const headers = signedHeaders(request, key, time);
  const canonical = canonicalOf(request, headers, await payloadHash(request));
  const hmac = await hmacSha256(key.secretAccessKey, stringToSign(time, await sha256(canonical)));
  const Authorization = `${algorithm} Access=${key.accessKeyId}, SignedHeaders=${signedHeaderNames(headers)}, Signature=${hmac}`;
  const signature: Record<string, string> = { "X-Sdk-Date": time, Authorization };
  if (key.securityToken !== undefined) signature["X-Security-Token"] = key.securityToken;
  return signature;
}

let emptyHash: Digest | undefined;

/** SHA-256 of the body. That of no body, which most requests have, is kept. */
export function payloadHash({ body }: SignableRequest): Digest {
  if (body) return sha256(body);
  emptyHash ??= sha256("");
  return emptyHash;
}

/** The headers that are signed, by their names in lower case. */
export function signedHeaders(request: SignableRequest, key: AccessKey, time: string): Record<string, string> {
  const headers: Record<string, string> = { host: splitUrl(request.url)[1] as string, "x-sdk-date": time };
  for (const name in request.headers) headers[name.toLowerCase()] = request.headers[name] as string;
  if (key.securityToken !== undefined) headers["x-security-token"] = key.securityToken;
  return headers;
}

/** The canonical request of what is sent. */
export function canonicalOf(
  { method, url }: SignableRequest,
  headers: Readonly<Record<string, string>>,
  payloadHash: string,
): string {
  const [, , path, query] = splitUrl(url) as [string, string, string, string];
  return canonicalRequest({ method, path, query, headers, payloadHash });
}

/** The text that the key signs. */
export function stringToSign(time: string, canonicalHash: string): string {
  return `${algorithm}\n${time}\n${canonicalHash}`;
}

let lastSecond = Number.NaN;
let lastTime = "";

/** `2024-05-06T14:50:14.000Z` as `20240506T145014Z`. Kept for a second, in which many requests may be signed. */
export function compactTime(date: Date): string {
  const second = Math.floor(date.getTime() / 1000);
  if (second !== lastSecond) {
    lastTime = `${date.toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
    lastSecond = second;
  }
  return lastTime;
}

/** Host, path and query of a URL, not normalised, so that what is signed is what is sent. */
function splitUrl(url: string): readonly string[] {
  return /^[^:]*:\/\/([^/?]*)([^?]*)\??(.*)$/.exec(url) ?? [];
}
