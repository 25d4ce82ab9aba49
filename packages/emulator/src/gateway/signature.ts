import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { IncomingRequest } from "../http/message.ts";

/** The parts of an `Authorization` header of SDK-HMAC-SHA256. */
export interface SignatureClaim {
  readonly accessKeyId: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

const algorithm = "SDK-HMAC-SHA256";
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

/** Computes the signature that a request should bear, over the bytes as they were received. */
export function expectedSignature(request: IncomingRequest, claim: SignatureClaim, secret: string): string {
  const headers = claim.signedHeaders.map((name) => `${name}:${(request.headers[name] ?? "").trim()}\n`).join("");
  const payload = request.headers["x-sdk-content-sha256"] ?? bytesToHex(sha256(request.body));
  const canonical = [
    request.method,
    canonicalUri(request.path),
    canonicalQuery(request.query),
    headers,
    claim.signedHeaders.join(";"),
    payload,
  ].join("\n");
  const toSign = `${algorithm}\n${request.headers["x-sdk-date"]}\n${bytesToHex(sha256(utf8ToBytes(canonical)))}`;
  return bytesToHex(hmac(sha256, utf8ToBytes(secret), utf8ToBytes(toSign)));
}

function canonicalUri(path: string): string {
  const encoded = path.split("/").map(normalise).join("/");
  return encoded.endsWith("/") ? encoded : `${encoded}/`;
}

function canonicalQuery(query: string): string {
  if (query === "") return "";
  return query
    .split("&")
    .filter((pair) => pair.length > 0)
    .map((pair) => {
      const [name = "", ...value] = pair.split("=");
      return { name: normalise(name), value: normalise(value.join("=")) };
    })
    .sort((a, b) => order(a.name, b.name) || order(a.value, b.value))
    .map(({ name, value }) => `${name}=${value}`)
    .join("&");
}

function order(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

const unreserved = /^[A-Za-z0-9\-_.~]*$/;

/** Decodes and encodes again, so that each way of writing the same text has one form. */
function normalise(text: string): string {
  if (unreserved.test(text)) return text;
  let decoded = text;
  try {
    decoded = decodeURIComponent(text);
  } catch {
    // Not percent-encoding: the text is taken as it is.
  }
  return encodeURIComponent(decoded).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}
