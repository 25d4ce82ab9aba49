import { Ajv2020 } from "ajv/dist/2020.js";
import type { HouseRule, Node, RuleContext } from "./house-rule.ts";

const PAIRS = [
  ["minLength", "maxLength"],
  ["minimum", "maximum"],
  ["minItems", "maxItems"],
  ["minProperties", "maxProperties"],
] as const;

/** What a default is held against. The rule pattern-agreement does the same with patterns. */
const KEYWORDS = [...PAIRS.flat(), "type", "enum", "const", "multipleOf", "uniqueItems"];

/** The limits of a schema leave room for a value, and its default keeps them. */
export const limitsAgreement: HouseRule = {
  id: "limits-agreement",
  reason: "A lower limit above the upper one refuses every value, and a default that is refused misleads.",
  create: () => {
    const ajv = new Ajv2020({ strict: false });
    return {
      Schema(schema: Node, ctx: RuleContext) {
        for (const [lower, upper] of PAIRS) {
          if (!(schema[lower] > schema[upper])) continue;
          const message = `${lower} ${schema[lower]} is above ${upper} ${schema[upper]}. Correct one of them.`;
          ctx.report({ message, location: ctx.location.child(lower) });
        }
        if (schema.default === undefined) return;
        const limits = Object.fromEntries(
          KEYWORDS.filter((word) => word in schema).map((word) => [word, schema[word]]),
        );
        if (!ajv.validateSchema(limits) || ajv.validate(limits, schema.default)) return;
        const message = `The default ${JSON.stringify(schema.default)} is refused: it ${ajv.errors?.[0]?.message}.`;
        ctx.report({ message, location: ctx.location.child("default") });
      },
    };
  },
};
