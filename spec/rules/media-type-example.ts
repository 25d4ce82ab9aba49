import type { HouseRule, Node, RuleContext } from "./house-rule.ts";

/** Every media type has a schema and at least one named example, and every example has a value. */
export const mediaTypeExample: HouseRule = {
  id: "media-type-example",
  reason: "Readers start from an example, and tests check every one against its schema.",
  create: () => ({
    MediaType(mediaType: Node, ctx: RuleContext) {
      const location = ctx.location.key();
      if (!mediaType.schema)
        ctx.report({ message: "Add `schema`, as a $ref to a file in components/schemas.", location });
      if (Object.keys(mediaType.examples ?? {}).length === 0) {
        const message = "Add `examples` with at least one entry, as a $ref to a file in components/examples.";
        ctx.report({ message, location });
      }
    },
    Example(example: Node, ctx: RuleContext) {
      if (example.value === undefined)
        ctx.report({ message: "Add `value` to the example.", location: ctx.location.key() });
    },
  }),
};
