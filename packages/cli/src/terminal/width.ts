import { eastAsianWidth } from "get-east-asian-width";

let segmenter: Intl.Segmenter | undefined;

/** The characters as people see them. The segmenter is made at first use: it is slow to make, and ASCII needs none. */
function graphemesOf(text: string): string[] {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: "grapheme" });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** A colour as `makePaint` writes it. Other control characters never get here: `printable` makes them visible. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what is looked for.
const colour = /\u001b\[\d+m/g;

/** Columns that a text takes on a terminal: two for a Chinese character or an emoji, none for a colour or an accent. */
export function columnsOf(text: string): number {
  const plain = text.replaceAll(colour, "");
  if (/^[\x20-\x7e]*$/.test(plain)) return plain.length;
  return graphemesOf(plain).reduce((sum, grapheme) => sum + columnsOfOne(grapheme), 0);
}

function columnsOfOne(grapheme: string): number {
  if (/^[\p{Cc}\p{Mn}\p{Me}\p{Cf}\p{Default_Ignorable_Code_Point}]+$/u.test(grapheme)) return 0;
  // An emoji is wide when it is one by itself, or when a variation selector asks for its picture.
  if (/\p{Emoji_Presentation}|\ufe0f/u.test(grapheme)) return 2;
  return eastAsianWidth(grapheme.codePointAt(0) ?? 0);
}

/** Fills a text with spaces up to a number of columns. */
export function pad(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - columnsOf(text)));
}

/** Cuts a text without colours to a number of columns, never through a character, with an ellipsis where it was cut. */
export function cut(text: string, columns: number): string {
  if (columnsOf(text) <= columns) return text;
  let kept = "";
  let taken = 0;
  for (const grapheme of graphemesOf(text)) {
    const next = columnsOf(grapheme);
    if (taken + next > columns - 1) break;
    kept += grapheme;
    taken += next;
  }
  return columns < 1 ? "" : `${kept}…`;
}

/**
 * A text from elsewhere made safe to print: control characters, which could move the cursor or change the terminal, and
 * line breaks become visible.
 */
export function printable(text: string): string {
  return text.replaceAll(/[\p{Cc}\u202a-\u202e\u2066-\u2069]/gu, (character) =>
    character === "\n" || character === "\t" ? " " : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
