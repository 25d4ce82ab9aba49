import { canonicalRequest, signedHeaderNames } from "./canonical.ts";
import { hmacSha256, sha256 } from "./digest.ts";

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
/** SHA-256 of nothing. */
export const emptyHash = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

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
  const payloadHash = request.body ? await sha256(request.body) : emptyHash;
  const canonical = canonicalOf(request, headers, payloadHash);
  const signature = await hmacSha256(key.secretAccessKey, stringToSign(time, await sha256(canonical)));
  const names = signedHeaderNames(headers).join(";");
  const authorization = `${algorithm} Access=${key.accessKeyId}, SignedHeaders=${names}, Signature=${signature}`;
  return key.securityToken === undefined
    ? { "X-Sdk-Date": time, Authorization: authorization }
    : { "X-Sdk-Date": time, "X-Security-Token": key.securityToken, Authorization: authorization };
}

/** The headers that are signed, by their names in lower case. */
export function signedHeaders(request: SignableRequest, key: AccessKey, time: string): Record<string, string> {
  const headers: Record<string, string> = { host: splitUrl(request.url).host, "x-sdk-date": time };
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
  const { path, query } = splitUrl(url);
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

/** Splits a URL without normalising it, so that what is signed is what is sent. */
function splitUrl(url: string): { host: string; path: string; query: string } {
  const hostAt = url.indexOf("://") + 3;
  const pathAt = url.indexOf("/", hostAt);
  const queryAt = url.indexOf("?", hostAt);
  const end = queryAt < 0 ? url.length : queryAt;
  const path = pathAt < 0 || pathAt > end ? "" : url.slice(pathAt, end);
  return {
    host: url.slice(hostAt, pathAt < 0 || pathAt > end ? end : pathAt),
    path: path === "" ? "/" : path,
    query: queryAt < 0 ? "" : url.slice(queryAt + 1),
  };
}
