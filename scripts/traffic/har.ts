/** Headers that say who sends a request, and headers of answers that do. */
export const secretHeaders: ReadonlySet<string> = new Set([
  "authorization",
  "proxy-authorization",
  "x-auth-token",
  "x-security-token",
  "x-subject-token",
  "cookie",
  "set-cookie",
]);

interface Message {
  headers: { readonly name: string; readonly value: string }[];
  cookies?: unknown[];
}

interface Har {
  readonly log: { entries: { readonly request: Message & { readonly url: string }; readonly response: Message }[] };
}

/**
 * Takes everything secret out of a recording, with whole calls of IAM, whose bodies hold passwords and tokens.
 *
 * @param text a HAR file.
 * @returns the recording as text, and what was left out of it.
 * @throws Error when the text is no HAR.
 */
export function withoutSecrets(text: string): { readonly har: string; readonly removed: readonly string[] } {
  const har = parse(text);
  const removed = new Set<string>();
  har.log.entries = har.log.entries.filter(({ request }) => {
    const isIam = /^\/v3(\.0)?\//.test(new URL(request.url).pathname);
    if (isIam) removed.add("calls of IAM");
    return !isIam;
  });
  for (const message of har.log.entries.flatMap(({ request, response }) => [request, response])) {
    message.headers = message.headers.filter(({ name }) => {
      const isSecret = secretHeaders.has(name.toLowerCase());
      if (isSecret) removed.add(`the header ${name}`);
      return !isSecret;
    });
    message.cookies = [];
  }
  return { har: JSON.stringify(har), removed: [...removed] };
}

function parse(text: string): Har {
  try {
    const har = JSON.parse(text) as Har;
    if (Array.isArray(har.log.entries)) return har;
  } catch {}
  throw new Error("This is no HAR file: it has no log.entries.");
}
