import type { HouseRule, Node, RuleContext } from "./house-rule.ts";

/** Every media type has at least one named example. */
export const mediaTypeExample: HouseRule = {
  id: "media-type-example",
  reason: "Readers start from an example, and tests check every one against its schema.",
  create: () => ({
    MediaType(mediaType: Node, ctx: RuleContext) {
      if (Object.keys(mediaType.examples ?? {}).length > 0) return;
      ctx.report({
        message: "Add `examples` with at least one entry, as a $ref to a file in components/examples.",
        location: ctx.location.key(),
      });
    },
  }),
};
