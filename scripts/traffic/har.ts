import type { KnownNames } from "./known-names.ts";

/** Names that are told when they are found in a recording, so that its owner deletes it. All unknown ones are left out. */
const tellingHeaders =
  /^(authorization|proxy-authorization|cookie|set-cookie|.*-token|.*-(secret|signature|key)|x-sdk-date)$/i;

interface Pair {
  readonly name: string;
  readonly value: string;
}

interface Message {
  readonly headers: readonly Pair[];
  readonly httpVersion?: string;
}

/** One exchange, with the fields that are read of it. */
export interface Entry {
  readonly startedDateTime?: string;
  readonly request: Message & { readonly method: string; readonly url: string; readonly postData?: Body };
  readonly response: Message & { readonly status: number; readonly statusText?: string; readonly content?: Body };
}

interface Body {
  readonly mimeType?: string;
  readonly text?: string;
  readonly encoding?: string;
  readonly size?: number;
}

interface Har {
  readonly log: { readonly entries: readonly Entry[] };
}

/**
 * Writes a recording anew, with nothing in it but calls of the service, and of these nothing but what the contract has
 * names for: no other header, no other query parameter, no cookie, and no field that a program added.
 *
 * @param text a HAR file.
 * @param known names that may stay.
 * @returns the recording, and what was left out of it that is or may be secret.
 * @throws Error when the text is no HAR.
 */
export function withoutSecrets(
  text: string,
  known: KnownNames,
): { readonly entries: readonly Entry[]; readonly har: string; readonly removed: readonly string[] } {
  const removed = new Set<string>();
  const entries = parse(text).log.entries.flatMap((entry) => {
    const { pathname } = new URL(entry.request.url);
    if (pathname.startsWith("/v1/")) return [cleaned(entry, known, removed)];
    removed.add(/^\/v3(\.0)?\//.test(pathname) ? "calls of IAM" : "calls of other services");
    return [];
  });
  const log = { version: "1.2", creator: { name: "spec:drift", version: "1" }, entries };
  return { entries, har: JSON.stringify({ log }), removed: [...removed] };
}

function cleaned(
  { startedDateTime, request, response }: Entry,
  known: KnownNames,
  removed: Set<string>,
): Entry & object {
  const headersOf = ({ headers }: Message) =>
    headers.filter(({ name }) => {
      const stays = known.headers.has(name.toLowerCase());
      if (!stays && tellingHeaders.test(name)) removed.add(`the header ${name}`);
      return stays;
    });
  const url = new URL(request.url);
  url.username = url.password = url.hash = "";
  for (const name of [...url.searchParams.keys()]) {
    if (known.query.has(name)) continue;
    url.searchParams.delete(name);
    removed.add(`the query parameter ${name}`);
  }
  const { httpVersion = "HTTP/1.1" } = request;
  const sizes = { headersSize: -1, bodySize: -1, cookies: [], httpVersion };
  return {
    startedDateTime: startedDateTime ?? "1970-01-01T00:00:00.000Z",
    time: 0,
    request: {
      method: request.method,
      url: url.href,
      headers: headersOf(request),
      queryString: [...url.searchParams].map(([name, value]) => ({ name, value })),
      ...(request.postData === undefined ? {} : { postData: bodyOf(request.postData) }),
      ...sizes,
    },
    response: {
      status: response.status,
      statusText: response.statusText ?? "",
      headers: headersOf(response),
      content: bodyOf(response.content ?? {}),
      redirectURL: "",
      ...sizes,
    },
    cache: {},
    timings: { send: 0, wait: 0, receive: 0 },
  } as Entry;
}

function bodyOf({ mimeType = "", text, encoding, size = text?.length ?? 0 }: Body): Body {
  return { mimeType, size, ...(text === undefined ? {} : { text }), ...(encoding === undefined ? {} : { encoding }) };
}

function parse(text: string): Har {
  try {
    const har = JSON.parse(text) as Har;
    if (Array.isArray(har.log.entries)) return har;
  } catch {}
  throw new Error("This is no HAR file: it has no log.entries.");
}
