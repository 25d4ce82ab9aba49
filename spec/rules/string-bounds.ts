import type { HouseRule, Node, RuleContext } from "./house-rule.ts";

/** Every string has a largest length, or says why it has none. */
export const stringBounds: HouseRule = {
  id: "string-bounds",
  reason: "A missing limit is either an oversight or a fact; the contract must say which.",
  create: () => ({
    Schema(schema: Node, ctx: RuleContext) {
      if (![schema.type].flat().includes("string")) return;
      const bounded = schema.enum || schema.const !== undefined || typeof schema.maxLength === "number";
      if (!bounded && !schema["x-aps-unbounded"]) {
        ctx.report({
          message: "Add maxLength, or x-aps-unbounded with the reason why there is no limit.",
          location: ctx.location.key(),
        });
      }
      if (bounded && schema["x-aps-unbounded"]) {
        ctx.report({
          message: "Remove x-aps-unbounded: the string is bounded.",
          location: ctx.location.child("x-aps-unbounded").key(),
        });
      }
    },
  }),
};
