import { canonicalRequest } from "./canonical.ts";
import { sha256 } from "./digest.ts";
import {
  type AccessKey,
  compactTime,
  partsOf,
  payloadHash,
  type SignableRequest,
  signedHeaders,
  stringToSign,
} from "./sign.ts";

/** The texts that a signature is made from, to hold line by line against what the service says it has received. */
export interface SignatureExplanation {
  /** The canonical request. The value of `x-security-token` is replaced by asterisks. */
  readonly canonicalRequest: string;
  /** The text that the secret access key signs; its last line is the SHA-256 of the true canonical request. */
  readonly stringToSign: string;
}

/**
 * Explains a signature without a secret: neither the secret access key nor the security token is in the result, and the
 * signature itself is not either.
 *
 * @param date the time of signing, as in the header `X-Sdk-Date` that was sent.
 */
export async function explainSignature(
  request: SignableRequest,
  key: AccessKey,
  date: Date,
): Promise<SignatureExplanation> {
  const time = compactTime(date.getTime());
  const [parts, given] = partsOf(request);
  const headers = signedHeaders(given, key, time);
  const names = Object.keys(headers).sort();
  const shown = headers["x-security-token"] === undefined ? headers : { ...headers, "x-security-token": "***" };
  const payload = await payloadHash(request.body);
  return {
    canonicalRequest: canonicalRequest(parts, shown, names, payload),
    stringToSign: stringToSign(time, await sha256(canonicalRequest(parts, headers, names, payload))),
  };
}
