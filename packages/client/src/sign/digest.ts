/** A digest as lower-case hex: at once from Node's crypto, with a promise from the platform's Web Crypto. */
export type Digest = string | Promise<string>;

interface NodeCrypto {
  /** Quicker than an object; since Node 20.12. */
  hash?(algorithm: string, text: string): string;
  createHash(algorithm: string): { update(text: string): { digest(encoding: "hex"): string } };
  createHmac(algorithm: string, key: string): { update(text: string): { digest(encoding: "hex"): string } };
}

interface Process {
  getBuiltinModule?(name: string): NodeCrypto | undefined;
}

/** Node's crypto; undefined elsewhere. Loading it takes longer than all of this package, so it waits for the first use. */
let node: NodeCrypto | undefined | null = null;

function nodeCrypto(): NodeCrypto | undefined {
  // Asked for by name, so that bundlers for browsers find nothing of Node to follow.
  if (node === null) node = (globalThis as { process?: Process }).process?.getBuiltinModule?.("node:crypto");
  return node;
}

/** SHA-256 of a text in UTF-8. */
export function sha256(text: string): Digest {
  const crypt = nodeCrypto();
  if (crypt === undefined) return crypto.subtle.digest("SHA-256", bytesOf(text)).then(hex);
  return crypt.hash === undefined ? crypt.createHash("sha256").update(text).digest("hex") : crypt.hash("sha256", text);
}

/** HMAC-SHA256 of a text under a key, both in UTF-8. */
export function hmacSha256(key: string, text: string): Digest {
  const crypt = nodeCrypto();
  if (crypt !== undefined) return crypt.createHmac("sha256", key).update(text).digest("hex");
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  return crypto.subtle
    .importKey("raw", bytesOf(key), algorithm, false, ["sign"])
    .then((imported) => crypto.subtle.sign("HMAC", imported, bytesOf(text)))
    .then(hex);
}

function bytesOf(text: string) {
  return new TextEncoder().encode(text);
}

function hex(bytes: ArrayBuffer): string {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
}
