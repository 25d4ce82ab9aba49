import type { HouseRule, Node, RuleContext } from "./house-rule.ts";
import { type PatternFacts, readPattern } from "./pattern-length.ts";

/** Every pattern compiles everywhere and agrees with the lengths, examples and default beside it. */
export const patternAgreement: HouseRule = {
  id: "pattern-agreement",
  reason:
    "Validators compile patterns with the u flag, and a pattern that contradicts its neighbours refuses good values.",
  create: () => ({
    Schema(schema: Node, ctx: RuleContext) {
      if (typeof schema.pattern !== "string") return;
      const location = ctx.location.child("pattern");
      let facts: PatternFacts;
      try {
        facts = readPattern(schema.pattern);
      } catch (error) {
        ctx.report({ message: `The pattern does not compile with the u flag: ${(error as Error).message}`, location });
        return;
      }
      for (const message of [...disagreements(schema, facts), ...strangers(schema)]) ctx.report({ message, location });
    },
  }),
};

function* disagreements(schema: Node, facts: PatternFacts): Generator<string> {
  const min: number = schema.minLength ?? 0;
  const max: number = schema.maxLength ?? Number.POSITIVE_INFINITY;
  if (!facts.anchored) yield "Anchor the pattern with ^ and $; JSON Schema finds it anywhere in the text otherwise.";
  if (min < facts.min) yield `No match of the pattern is shorter than ${facts.min}. Set minLength to that.`;
  if (max > facts.max) yield `No match of the pattern is longer than ${facts.max}. Set maxLength to that.`;
  for (const lookaround of facts.lookarounds) {
    yield `Say lengths with minLength and maxLength rather than with ${lookaround}.`;
  }
  for (const shorthand of facts.shorthands) {
    yield `Write ${shorthand} as a class such as [0-9] or [A-Za-z0-9_]; other engines read it differently.`;
  }
}

function* strangers(schema: Node): Generator<string> {
  const pattern = new RegExp(schema.pattern, "u");
  const values = [...(schema.examples ?? []), ...(schema.enum ?? []), schema.default, schema.example];
  for (const value of values) {
    if (typeof value !== "string") continue;
    const length = [...value].length;
    if (!pattern.test(value)) yield `"${value}" does not match the pattern. Correct one of them.`;
    if (length < (schema.minLength ?? 0) || length > (schema.maxLength ?? length)) {
      yield `"${value}" breaks minLength or maxLength. Correct one of them.`;
    }
  }
}
