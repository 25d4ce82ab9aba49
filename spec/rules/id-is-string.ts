import type { HouseRule, Node, RuleContext } from "./house-rule.ts";

const ID = /(^|_)ids?$/;

/** Every id is a string. */
export const idIsString: HouseRule = {
  id: "id-is-string",
  reason: "Ids exceed 2^53, so a number would lose digits.",
  create: () => {
    const check = (name: string, schema: Node, ctx: RuleContext, location: RuleContext["location"]) => {
      const subject = schema?.type === "array" ? ctx.resolve(schema.items).node : schema;
      if (ID.test(name) && ![subject?.type].flat().includes("string")) {
        ctx.report({ message: `Make "${name}" a string; it is an id.`, location });
      }
    };
    return {
      Parameter(parameter: Node, ctx: RuleContext) {
        check(parameter.name, ctx.resolve(parameter.schema).node, ctx, ctx.location.child("schema"));
      },
      SchemaProperties(properties: Node, ctx: RuleContext) {
        for (const [name, schema] of Object.entries(properties)) {
          check(name, ctx.resolve(schema).node, ctx, ctx.location.child(name));
        }
      },
    };
  },
};
