/** A path as it is signed: every segment in its one form, with a slash at the end. */
export function canonicalUri(path: string): string {
  const encoded = path.split("/").map(normalise).join("/");
  return encoded.endsWith("/") ? encoded : `${encoded}/`;
}

/** A query as it is signed: sorted by name and value, each with its equals sign. */
export function canonicalQuery(query: string): string {
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
