import type { HouseRule, Node, RuleContext } from "./house-rule.ts";

/** What says which kinds of value a schema allows. */
const TYPING = ["type", "enum", "const", "allOf", "anyOf", "oneOf", "$ref"];

/** Every string has a largest length, or says why it has none. A schema without a type is a string too. */
export const stringBounds: HouseRule = {
  id: "string-bounds",
  reason: "A missing limit is either an oversight or a fact; the contract must say which.",
  create: () => {
    const mustHaveType = (node: Node, ctx: RuleContext, location: RuleContext["location"]) => {
      if (node === undefined || typeof node === "boolean" || TYPING.some((word) => node[word] !== undefined)) return;
      ctx.report({ message: "Add a type. Without one, a text of any length is allowed.", location });
    };
    const holder = (node: Node, ctx: RuleContext) => mustHaveType(node.schema, ctx, ctx.location.child("schema"));
    return {
      Schema(schema: Node, ctx: RuleContext) {
        if ([schema.type].flat().includes("array") && !schema.items && !schema.prefixItems) {
          const message = "Add items. Without them, a text of any length is allowed in the list.";
          ctx.report({ message, location: ctx.location.key() });
        }
        for (const word of ["items", "additionalProperties"]) mustHaveType(schema[word], ctx, ctx.location.child(word));
        if (![schema.type].flat().includes("string")) return;
        const bounded = schema.enum || schema.const !== undefined || typeof schema.maxLength === "number";
        if (!bounded && !schema["x-aps-unbounded"]) {
          const message = "Add maxLength, or x-aps-unbounded with the reason why there is no limit.";
          ctx.report({ message, location: ctx.location.key() });
        }
        if (bounded && schema["x-aps-unbounded"]) {
          const location = ctx.location.child("x-aps-unbounded").key();
          ctx.report({ message: "Remove x-aps-unbounded: the string is bounded.", location });
        }
      },
      SchemaProperties(properties: Node, ctx: RuleContext) {
        for (const [name, schema] of Object.entries(properties)) mustHaveType(schema, ctx, ctx.location.child(name));
      },
      Parameter: holder,
      Header: holder,
      MediaType: holder,
    };
  },
};
