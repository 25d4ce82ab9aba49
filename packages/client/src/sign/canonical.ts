/** What a signature covers. */
export interface SignedParts {
  /** HTTP method, in any case. */
  readonly method: string;
  /** Path as it is sent, percent-encoded or not, without the query. */
  readonly path: string;
  /** Query as it is sent, without the question mark. */
  readonly query: string;
  /** Every header that is signed, by its name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Lower-case hex SHA-256 of the exact bytes of the body. */
  readonly payloadHash: string;
}

/**
 * The canonical request of SDK-HMAC-SHA256: method, path, query, headers, names of the signed headers and hash of the
 * body, one below the other. Source: the vendor's API Request Signing Guide.
 */
export function canonicalRequest(parts: SignedParts): string {
  const names = signedHeaderNames(parts.headers);
  const headers = names.map((name) => `${name}:${(parts.headers[name] as string).trim()}\n`).join("");
  const method = parts.method.toUpperCase();
  return `${method}\n${canonicalPath(parts.path)}\n${canonicalQuery(parts.query)}\n${headers}\n${names.join(";")}\n${parts.payloadHash}`;
}

/** Names of the signed headers, sorted. */
export function signedHeaderNames(headers: Readonly<Record<string, string>>): string[] {
  return Object.keys(headers).sort();
}

/** The path with every segment encoded once and a slash at the end, which is for signing only. */
function canonicalPath(path: string): string {
  const encoded = /^[\w\-./~]*$/.test(path) ? path : path.split("/").map(encodeOnce).join("/");
  return encoded.endsWith("/") ? encoded : `${encoded}/`;
}

const unreserved = /^[\w\-.~]*$/;

/** Names and values encoded, sorted by name and then by value. */
export function canonicalQuery(query: string): string {
  if (query === "") return "";
  const pairs = query
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const at = pair.indexOf("=");
      return at < 0 ? [encodeOnce(pair), ""] : [encodeOnce(pair.slice(0, at)), encodeOnce(pair.slice(at + 1))];
    }) as [string, string][];
  pairs.sort(([a, x], [b, y]) => (a === b ? compare(x, y) : compare(a, b)));
  return pairs.map(([name, value]) => `${name}=${value}`).join("&");
}

/**
 * Percent-encodes all but the unreserved characters of RFC 3986, as UTF-8 with upper-case hex.
 *
 * @throws URIError when the text has half of a surrogate pair, which no URL can carry.
 */
export function encodeUriPart(text: string): string {
  if (unreserved.test(text)) return text;
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

function encodeOnce(text: string): string {
  if (unreserved.test(text)) return text;
  return encodeUriPart(decodeLeniently(text));
}

function decodeLeniently(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
