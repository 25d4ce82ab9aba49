/** A text in Markdown on one line, without marks. */
export function plain(description: string): string {
  return description.replaceAll(/\s+/g, " ").replaceAll("`", "").trim();
}

/** The first sentence of a text in Markdown, without marks. */
export function leadOf(description: string): string {
  const text = plain(description);
  return /^.+?(?:\.(?= |$)|。)/.exec(text)?.[0] ?? text;
}
