import type { SignatureReading } from "../logged-request.ts";
import {
  type CanonicalParts,
  canonicalRequest,
  digestOf,
  type SignatureClaim,
  signatureOf,
  stringToSign,
} from "./signature.ts";

/** Headers whose values may be shown. All others may hold a secret, such as a security token. */
const shown = new Set([
  "accept",
  "content-type",
  "host",
  "user-agent",
  "x-domain-id",
  "x-project-id",
  "x-sdk-content-sha256",
  "x-sdk-date",
]);

/** What usually goes wrong in a signer: how the parts then look, and what to say. */
const mistakes: readonly (readonly [hint: string, change: (parts: CanonicalParts) => Partial<CanonicalParts>])[] = [
  ["the canonical URI must end with a slash", ({ uri }) => ({ uri: uri.slice(0, -1) })],
  ["the query is not part of what was signed", () => ({ query: "" })],
  ["the body is not part of what was signed", () => ({ payload: digestOf(new Uint8Array()) })],
  ["blanks in the query must be signed as %20", ({ query }) => ({ query: query.replaceAll("%20", "+") })],
  ["the Host was signed without its port", ({ headers }) => ({ headers: headers.map(withoutPort) })],
  ["the method must be signed in upper case", ({ method }) => ({ method: method.toLowerCase() })],
];

/** Says how the emulator reads a request whose signature it refuses, for whoever looks for the difference. */
export function explainSignature(
  parts: CanonicalParts,
  claim: SignatureClaim,
  { date, secret }: { readonly date: string; readonly secret: string },
): SignatureReading {
  const headers = parts.headers.map(([name, value]): [string, string] => [
    name,
    shown.has(name) ? value : "(not shown)",
  ]);
  const hint = hintOf(parts, claim, (changed) => signatureOf(changed, date, secret));
  return {
    canonicalRequest: canonicalRequest({ ...parts, headers }),
    stringToSign: stringToSign(parts, date),
    ...(hint === undefined ? {} : { hint }),
  };
}

function hintOf(
  parts: CanonicalParts,
  { signature, signedHeaders }: SignatureClaim,
  sign: (parts: CanonicalParts) => string,
): string | undefined {
  const sorted = signedHeaders.map((name) => name.toLowerCase()).sort();
  if (sorted.join() !== signedHeaders.join()) return "SignedHeaders must be in lower case and sorted";
  return mistakes.find(([, change]) => sign({ ...parts, ...change(parts) }) === signature)?.[0];
}

function withoutPort([name, value]: readonly [string, string]): readonly [string, string] {
  return [name, name === "host" ? value.replace(/:\d+$/, "") : value];
}
