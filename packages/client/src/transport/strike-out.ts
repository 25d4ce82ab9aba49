/** Headers that say who sends a request, by their names in lower case. */
const secretHeaders = ["authorization", "x-auth-token", "x-security-token", "cookie", "proxy-authorization"];

/** What is shorter is no secret, and would be found in words. IAM takes no shorter password. */
const shortest = 6;

/** The secrets in the headers of a request. */
export function secretsIn(headers: Readonly<Record<string, string>>): string[] {
  const found: string[] = [];
  for (const name of secretHeaders) if (headers[name] !== undefined) found.push(headers[name]);
  return found;
}

/**
 * Takes out of a text what a request has sent and nobody may see. Something in between may send a request back in its
 * answer, from where it would come into errors.
 */
export function strikeOut(text: string, secrets: readonly string[]): string {
  let shown = text;
  for (const secret of secrets) {
    // No form of a secret is shorter than it is.
    if (secret.length < shortest || shown.length < secret.length) continue;
    for (const form of [
      secret,
      secret.replaceAll("/", "\\/"),
      JSON.stringify(secret).slice(1, -1),
      encodeURIComponent(secret),
    ])
      shown = shown.replaceAll(form, "***");
  }
  return shown;
}
