/** Folds the lines of a text that are longer than so many columns; what is left of a line is set in below it. */
export function fold(text: string, columns = Number.POSITIVE_INFINITY): string {
  const lines = text.split("\n").flatMap((line) => {
    if (line.length <= columns) return [line];
    const margin = " ".repeat(line.length - line.trimStart().length);
    const [first, ...rest] = wrap(line.trim().replaceAll(/ {2,}/g, "  "), columns - margin.length - 4);
    return [margin + first, ...rest.map((part) => `${margin}    ${part.trimStart()}`)];
  });
  return lines.join("\n");
}

/**
 * Breaks a text at spaces into lines of at most so many columns. A longer word stays whole.
 *
 * @param columnsOf how many columns a text takes. Default: one for each character, as is right for plain English.
 */
export function wrap(
  text: string,
  columns: number,
  columnsOf: (text: string) => number = ({ length }) => length,
): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && columnsOf(line) + 1 + columnsOf(word) > columns) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
