import type { HouseRule, Node, RuleContext } from "./house-rule.ts";

/** `id`, `server_ids`, `X-Request-Id`, `serverId`, but not `paid`. */
const ID = /(^|[-_])ids?$/i;
const CAMEL_CASE_ID = /[a-z0-9]Ids?$/;

/** Every id is a string. */
export const idIsString: HouseRule = {
  id: "id-is-string",
  reason: "Ids exceed 2^53, so a number would lose digits.",
  create: () => {
    const check = (name: string, node: Node, ctx: RuleContext, location: RuleContext["location"]) => {
      if (!ID.test(name) && !CAMEL_CASE_ID.test(name)) return;
      const { node: schema, location: at } = ctx.resolve(node);
      const subject = schema?.type === "array" ? ctx.resolve(schema.items, at?.source.absoluteRef).node : schema;
      const types = [subject?.type].flat().filter((type) => type !== "null");
      if (String(types) !== "string") ctx.report({ message: `Make "${name}" a string; it is an id.`, location });
    };
    return {
      Parameter(parameter: Node, ctx: RuleContext) {
        check(parameter.name, parameter.schema, ctx, ctx.location.child("schema"));
      },
      SchemaProperties(properties: Node, ctx: RuleContext) {
        for (const [name, schema] of Object.entries(properties)) check(name, schema, ctx, ctx.location.child(name));
      },
    };
  },
};
