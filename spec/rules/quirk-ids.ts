import type { HouseRule, Location, Node, RuleContext } from "./house-rule.ts";

/** Every quirk has an id of its own. */
export const quirkIds: HouseRule = {
  id: "quirk-ids",
  reason: "Pages and tests link to quirks, and one decision must stand in one place.",
  create: () => {
    const places = new Map<string, Location>();
    return {
      SpecExtension(quirks: Node, ctx: RuleContext) {
        if (ctx.key !== "x-aps-quirks" || !Array.isArray(quirks)) return;
        for (const [index, quirk] of quirks.entries()) {
          const location = ctx.location.child([index, "id"]);
          const first = places.get(quirk?.id);
          if (first && id(first) !== id(location)) {
            ctx.report({ message: `The quirk "${quirk.id}" is recorded elsewhere. Keep it in one place.`, location });
          }
          places.set(quirk?.id, location);
        }
      },
    };
  },
};

function id({ source, pointer }: Location): string {
  return source.absoluteRef + pointer;
}
