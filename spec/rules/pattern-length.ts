import { type AST, RegExpParser, visitRegExpAST } from "@eslint-community/regexpp";

/** How many characters the matches of a pattern have. */
export interface PatternLength {
  readonly min: number;
  readonly max: number;
}

/** What is to be known of a pattern: the lengths of its matches, and the shorthands such as `\w` that it uses. */
export interface PatternFacts extends PatternLength {
  readonly shorthands: readonly string[];
  readonly anchored: boolean;
  /** Parts that look ahead or behind and can limit the length that way, so that the lengths above are not the whole truth. */
  readonly lookarounds: readonly string[];
}

/**
 * Reads a pattern with the `u` flag, so that lengths count characters (code points) as JSON Schema does.
 * @throws SyntaxError when it does not compile
 */
export function readPattern(pattern: string): PatternFacts {
  new RegExp(pattern, "u");
  const ast = new RegExpParser().parsePattern(pattern, 0, pattern.length, { unicode: true });
  const shorthands = new Set<string>();
  const length = anyOf(ast.alternatives, shorthands);
  const anchored = ast.alternatives.every(
    ({ elements }) => isEdge(elements.at(0), "start") && isEdge(elements.at(-1), "end"),
  );
  return { ...length, shorthands: [...shorthands], anchored, lookarounds: lookaroundsOf(ast) };
}

/** Those that only name characters, such as `(?!_sys_)`, limit no length. */
function lookaroundsOf(pattern: AST.Pattern): string[] {
  const found = new Set<string>();
  let around: AST.LookaroundAssertion | undefined;
  const note = () => around && found.add(around.raw);
  visitRegExpAST(pattern, {
    onAssertionEnter(node) {
      if (node.kind === "start" || node.kind === "end") note();
      if (node.kind === "lookahead" || node.kind === "lookbehind") around ??= node;
    },
    onAssertionLeave(node) {
      if (node === around) around = undefined;
    },
    onQuantifierEnter: note,
  });
  return [...found];
}

function isEdge(element: AST.Element | undefined, kind: "start" | "end"): boolean {
  return element?.type === "Assertion" && element.kind === kind;
}

function anyOf(alternatives: AST.Alternative[], shorthands: Set<string>): PatternLength {
  const lengths = alternatives.map(({ elements }) => inRow(elements, shorthands));
  return { min: Math.min(...lengths.map(({ min }) => min)), max: Math.max(...lengths.map(({ max }) => max)) };
}

function inRow(elements: AST.Element[], shorthands: Set<string>): PatternLength {
  const lengths = elements.map((element) => ofElement(element, shorthands));
  return {
    min: lengths.reduce((sum, { min }) => sum + min, 0),
    max: lengths.reduce((sum, { max }) => sum + max, 0),
  };
}

function ofElement(element: AST.Element, shorthands: Set<string>): PatternLength {
  switch (element.type) {
    case "Assertion":
      if (element.kind === "lookahead" || element.kind === "lookbehind") anyOf(element.alternatives, shorthands);
      if (element.kind === "word") shorthands.add(element.raw);
      return { min: 0, max: 0 };
    case "Character":
      return { min: 1, max: 1 };
    case "CharacterSet":
      noteShorthand(element, shorthands);
      return { min: 1, max: 1 };
    case "CharacterClass":
      for (const part of element.elements) if (part.type === "CharacterSet") noteShorthand(part, shorthands);
      return { min: 1, max: 1 };
    case "Group":
    case "CapturingGroup":
      return anyOf(element.alternatives, shorthands);
    case "Quantifier": {
      const once = ofElement(element.element, shorthands);
      return { min: once.min * element.min, max: once.max === 0 ? 0 : once.max * element.max };
    }
    default:
      return { min: 0, max: Number.POSITIVE_INFINITY };
  }
}

function noteShorthand(set: AST.CharacterSet, shorthands: Set<string>): void {
  if (set.kind === "digit" || set.kind === "word") shorthands.add(set.raw);
}
