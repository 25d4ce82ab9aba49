import { CredentialsError } from "../errors/credentials-error.ts";

/** A digest as lower-case hex: at once from Node's crypto, with a promise from the platform's Web Crypto. */
export type Digest = string | Promise<string>;

/** Goes on with a digest: at once where it is there at once. */
export function after(digest: Digest, next: (text: string) => Digest): Digest {
  return typeof digest === "string" ? next(digest) : digest.then(next);
}

interface NodeCrypto {
  hash(algorithm: string, text: string): string;
  createHmac(algorithm: string, key: string): { update(text: string): { digest(encoding: "hex"): string } };
}

interface Process {
  getBuiltinModule?(name: string): NodeCrypto | undefined;
}

/** Node's crypto; undefined where it, or its quick `hash`, is missing. Loading it takes longer than all of this package, so it waits for the first use. */
let node: NodeCrypto | undefined | null = null;

function nodeCrypto(): NodeCrypto | undefined {
  // Asked for by name, so that bundlers for browsers find nothing of Node to follow.
  if (node === null) node = (globalThis as { process?: Process }).process?.getBuiltinModule?.("node:crypto");
  return node?.hash === undefined ? undefined : node;
}

/**
 * SHA-256 of a text in UTF-8.
 *
 * @throws CredentialsError when the platform offers no digest.
 */
export function sha256(text: string): Digest {
  const crypt = nodeCrypto();
  if (crypt !== undefined) return crypt.hash("sha256", text);
  return webCrypto().digest("SHA-256", bytesOf(text)).then(hex);
}

/** A page without https has none. */
function webCrypto(): SubtleCrypto {
  const found: SubtleCrypto | undefined = globalThis.crypto?.subtle;
  if (found !== undefined) return found;
  throw new CredentialsError("Signing needs Web Crypto, which a page has only with https or on localhost.");
}

/** HMAC-SHA256 of a text under a key, both in UTF-8. */
export function hmacSha256(key: string, text: string): Digest {
  const crypt = nodeCrypto();
  if (crypt !== undefined) return crypt.createHmac("sha256", key).update(text).digest("hex");
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const web = webCrypto();
  return web
    .importKey("raw", bytesOf(key), algorithm, false, ["sign"])
    .then((imported) => web.sign("HMAC", imported, bytesOf(text)))
    .then(hex);
}

function bytesOf(text: string) {
  return new TextEncoder().encode(text);
}

function hex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
