import type { HouseRule, Location } from "./house-rule.ts";
import { onExtension } from "./on-extension.ts";

/** Every quirk has an id of its own. */
export const quirkIds: HouseRule = {
  id: "quirk-ids",
  reason: "Pages and tests link to quirks, and one decision must stand in one place.",
  create: () => {
    const places = new Map<string, Location>();
    return onExtension(({ name, value: quirks, location }, ctx) => {
      if (name !== "x-aps-quirks" || !Array.isArray(quirks)) return;
      for (const [index, quirk] of quirks.entries()) {
        const place = location.child([index, "id"]);
        const first = places.get(quirk?.id);
        if (first && id(first) !== id(place)) {
          const message = `The quirk "${quirk.id}" is recorded elsewhere. Keep it in one place.`;
          ctx.report({ message, location: place });
        }
        places.set(quirk?.id, place);
      }
    });
  },
};

function id({ source, pointer }: Location): string {
  return source.absoluteRef + pointer;
}
