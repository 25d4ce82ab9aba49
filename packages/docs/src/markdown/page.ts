/** A page that is made from the contract. Its Markdown is rendered for readers, and served for programs. */
export interface Page {
  /** Its place on the site, without slashes around it. */
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly body: string;
  /** The lowest level of heading in the list of contents beside the page. Default: 3. */
  readonly contentsTo?: 2;
}

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells
      .map((cell) =>
        cell
          .trim()
          .replaceAll("|", "\\|")
          .replaceAll(/\s*\n\s*/g, " "),
      )
      .join(" | ")} |`;
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

/** Code in a block of its own, under what it is called. */
export function fenced(title: string, lang: string, text: string): string {
  return `${title}:\n\n\`\`\`${lang}\n${text.trimEnd()}\n\`\`\``;
}
