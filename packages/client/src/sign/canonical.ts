/** What a signature covers, in canonical form. Source: the vendor's API Request Signing Guide. */
export interface CanonicalParts {
  /** HTTP method in upper case. */
  readonly method: string;
  /** {@link canonicalPath} */
  readonly path: string;
  /** {@link canonicalQuery} */
  readonly query: string;
}

/**
 * The canonical request of SDK-HMAC-SHA256: method, path, query, headers, names of the signed headers and hash of the
 * body, one below the other.
 *
 * @param headers the headers that are signed, by their names in lower case.
 * @param names those names, sorted.
 * @param payloadHash lower-case hex SHA-256 of the exact bytes of the body.
 */
export function canonicalRequest(
  { method, path, query }: CanonicalParts,
  headers: Readonly<Record<string, string>>,
  names: readonly string[],
  payloadHash: string,
): string {
  let lines = "";
  for (const name of names) lines += `${name}:${(headers[name] as string).trim()}\n`;
  return `${method}\n${path}\n${query}\n${lines}\n${names.join(";")}\n${payloadHash}`;
}

/** The path with every segment encoded once and a slash at the end, which is for signing only. */
export function canonicalPath(path: string): string {
  const encoded = /^[\w\-./~]*$/.test(path) ? path : path.split("/").map(encodeOnce).join("/");
  return encoded.endsWith("/") ? encoded : `${encoded}/`;
}

const unreserved = /^[\w\-.~]*$/;

/** Names and values encoded, sorted by name and then by value. */
export function canonicalQuery(query: string): string {
  const pairs: QueryPair[] = [];
  for (const pair of query.split("&")) {
    const [name = "", ...value] = pair.split("=");
    if (pair !== "") pairs.push([encodeOnce(name), encodeOnce(value.join("="))]);
  }
  return sortedQuery(pairs);
}

/** A name and its value, both encoded. */
export type QueryPair = readonly [name: string, value: string];

/** A canonical query of its pairs. */
function sortedQuery(pairs: QueryPair[]): string {
  if (pairs.length > 1) pairs.sort(([a, x], [b, y]) => (a === b ? order(x, y) : order(a, b)));
  let query = "";
  for (const [name, value] of pairs) query += `${query === "" ? "" : "&"}${name}=${value}`;
  return query;
}

function order(a: string, b: string): number {
  return a < b ? -1 : 1;
}

/**
 * Percent-encodes all but the unreserved characters of RFC 3986, as UTF-8 with upper-case hex.
 *
 * @throws URIError when the text has half of a surrogate pair, which no URL can carry.
 */
function encodeUriPart(text: string): string {
  if (unreserved.test(text)) return text;
  return encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`);
}

function encodeOnce(text: string): string {
  if (unreserved.test(text)) return text;
  try {
    return encodeUriPart(decodeURIComponent(text));
  } catch {
    return encodeUriPart(text);
  }
}
