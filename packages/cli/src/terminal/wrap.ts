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
