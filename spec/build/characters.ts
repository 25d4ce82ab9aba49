import { RegExpParser, visitRegExpAST } from "@eslint-community/regexpp";

/** The ends of the ranges that the shorthands stand for. */
const SHORTHANDS: Readonly<Record<string, string>> = {
  digit: "09",
  word: "09AZ__az",
  space: "\t\r  \u00a0\u00a0\ufeff\ufeff",
};

/**
 * The characters at both ends of every range that a pattern names, and those just past them.
 *
 * @param flags of the pattern. Without `u` or `v`, characters past U+FFFF are read as two.
 */
export function tellingCharacters(pattern: string, flags = "u"): string[] {
  const found = new Set<number>();
  const edge = (first: number, last: number): void => {
    for (const point of [first - 1, first, last, last + 1]) if (isCharacter(point)) found.add(point);
  };
  visitRegExpAST(new RegExpParser().parsePattern(pattern, 0, pattern.length, flags.includes("u")), {
    onCharacterEnter: ({ value, parent }) => parent.type !== "CharacterClassRange" && edge(value, value),
    onCharacterClassRangeEnter: ({ min, max }) => edge(min.value, max.value),
    onCharacterSetEnter({ kind }) {
      const ends = [...(SHORTHANDS[kind] ?? "")].map((one) => one.charCodeAt(0));
      for (let index = 0; index < ends.length; index += 2) edge(ends[index] as number, ends[index + 1] as number);
    },
  });
  return [...found].toSorted((a, b) => a - b).map((point) => String.fromCodePoint(point));
}

/** Half of a pair of UTF-16 units is no character. */
function isCharacter(point: number): boolean {
  return point >= 0 && point <= 0x10ffff && !(point >= 0xd800 && point <= 0xdfff);
}
