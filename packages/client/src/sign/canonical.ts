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
export function canonicalRequest({ method, path, query, headers, payloadHash }: SignedParts): string {
  let lines = "";
  let names = "";
  for (const name of Object.keys(headers).sort()) {
    lines += `${name}:${(headers[name] as string).trim()}\n`;
    names += names === "" ? name : `;${name}`;
  }
  return `${method.toUpperCase()}\n${canonicalPath(path)}\n${canonicalQuery(query)}\n${lines}\n${names}\n${payloadHash}`;
}

/** Names of the signed headers, sorted. */
export function signedHeaderNames(headers: Readonly<Record<string, string>>): string {
  return Object.keys(headers).sort().join(";");
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
  const pairs: string[] = [];
  for (const pair of query.split("&")) {
    const [name = "", ...value] = pair.split("=");
    // Sorts before every character that an encoded name can have.
    if (pair !== "") pairs.push(`${encodeOnce(name)}\0${encodeOnce(value.join("="))}`);
  }
  return pairs.sort().join("&").replaceAll("\0", "=");
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
  try {
    return encodeUriPart(decodeURIComponent(text));
  } catch {
    return encodeUriPart(text);
  }
}
