import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { IncomingRequest } from "../http/message.ts";
import { canonicalQuery, canonicalUri } from "./canonical.ts";

/** The parts of an `Authorization` header of SDK-HMAC-SHA256. */
export interface SignatureClaim {
  readonly accessKeyId: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

/** The parts of a canonical request, in their order. */
export interface CanonicalParts {
  readonly method: string;
  readonly uri: string;
  readonly query: string;
  /** Names and values of the signed headers. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly payload: string;
}

/** The vendor's signing algorithm, as the header `Authorization` names it. */
export const algorithm = "SDK-HMAC-SHA256";
/** Sent instead of the digest of a body that is not signed. */
const unsignedPayload = "UNSIGNED-PAYLOAD";
const claimPattern = /^SDK-HMAC-SHA256\s+Access=([^,]+),\s*SignedHeaders=([^,]+),\s*Signature=([0-9a-f]{64})$/;

/** Reads an `Authorization` header, or returns undefined when it is not one of this algorithm. */
export function readClaim(header: string): SignatureClaim | undefined {
  const parts = claimPattern.exec(header.trim());
  if (parts === null) return undefined;
  const [, accessKeyId, signedHeaders, signature] = parts as unknown as [string, string, string, string];
  return { accessKeyId, signedHeaders: signedHeaders.split(";"), signature };
}

/** The time of an `X-Sdk-Date` header, in milliseconds since 1970. */
export function readSdkDate(text: string | undefined): number | undefined {
  const parts = /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})Z$/.exec(text ?? "");
  if (parts === null) return undefined;
  const [, year, month, day, hour, minute, second] = parts.map(Number) as [number, ...number[]];
  return Date.UTC(year as number, (month as number) - 1, day, hour, minute, second);
}

/** The digest of a body, as it is signed. */
export function digestOf(body: Uint8Array): string {
  return bytesToHex(sha256(body));
}

/** Whether a request that names the digest of its body names the right one, or says that the body is not signed. */
export function isDigestTrue({ headers, body }: IncomingRequest): boolean {
  const named = headers["x-sdk-content-sha256"];
  return named === undefined || named === unsignedPayload || named === digestOf(body);
}

/** Takes a request apart as it is signed, from the bytes as they were received. */
export function canonicalParts(request: IncomingRequest, claim: SignatureClaim): CanonicalParts {
  const { method, path, query, headers, body } = request;
  return {
    method,
    uri: canonicalUri(path),
    query: canonicalQuery(query),
    headers: claim.signedHeaders.map((name) => [name, textOf(valueOfHeader(headers, name)).trim()]),
    payload: headers["x-sdk-content-sha256"] ?? digestOf(body),
  };
}

/** The canonical request of the algorithm: the parts that are signed, one to a line. */
export function canonicalRequest({ method, uri, query, headers, payload }: CanonicalParts): string {
  const lines = headers.map(([name, value]) => `${name}:${value}\n`).join("");
  return [method, uri, query, lines, headers.map(([name]) => name).join(";"), payload].join("\n");
}

/** The string to sign of the algorithm: its name, the date of the header `X-Sdk-Date`, and the digest of the canonical request. */
export function stringToSign(parts: CanonicalParts, date: string): string {
  return `${algorithm}\n${date}\n${digestOf(utf8ToBytes(canonicalRequest(parts)))}`;
}

/** The signature that a request should bear. */
export function signatureOf(parts: CanonicalParts, date: string, secret: string): string {
  return bytesToHex(hmac(sha256, utf8ToBytes(secret), utf8ToBytes(stringToSign(parts, date))));
}

/** Headers may be named like what every object has, such as `constructor`. */
function valueOfHeader(headers: IncomingRequest["headers"], name: string): string {
  return (Object.hasOwn(headers, name) ? headers[name] : undefined) ?? "";
}

/** A header's value as text. HTTP hands it over with a character for each byte. */
function textOf(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it looks for what is not ASCII
  if (/^[\x00-\x7f]*$/.test(value)) return value;
  return new TextDecoder().decode(Uint8Array.from(value, (byte) => byte.charCodeAt(0)));
}
