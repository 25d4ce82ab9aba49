/** A page that is made from the contract. Its Markdown is rendered for readers, and served as it is for programs. */
export interface Page {
  /** Its place on the site, without slashes around it. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly body: string;
}

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll("|", "\\|").replaceAll("\n", " ")).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** Text in a code font. */
export function code(text: unknown): string {
  return `\`${text}\``;
}

/** Texts in a code font, separated by commas. */
export function codes(texts: readonly string[]): string {
  return texts.map(code).join(", ");
}
