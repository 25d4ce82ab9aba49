/** The first sentence of a text in Markdown, without marks. */
export function leadOf(description: string): string {
  const text = description.replaceAll(/\s+/g, " ").replaceAll("`", "").trim();
  return /^.+?(?:\.(?= |$)|。)/.exec(text)?.[0] ?? text;
}
