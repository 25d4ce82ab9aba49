import { follow } from "./follow.ts";
import type { Location, Node, RuleContext } from "./house-rule.ts";

/** An `x-` property of an object, its `$ref` followed. */
export interface Extension {
  readonly name: string;
  readonly value: Node;
  readonly location: Location;
}

type Visit = (extension: Extension, ctx: RuleContext) => void;

/**
 * A visitor that is shown every extension, those inside other extensions too.
 *
 * Redocly has a visitor for extensions of its own, `SpecExtension`. It is not shown those that are a list, a text or a
 * number, because Redocly's rule `struct` hides them from every rule that comes after it.
 */
export function onExtension(visit: Visit): { any(node: Node, ctx: RuleContext): void } {
  return {
    any(node, ctx) {
      if (ctx.type.extensionsPrefix !== "x-") return;
      for (const name of Object.keys(node ?? {}).filter((key) => key.startsWith("x-"))) {
        const { node: value, location } = follow(node[name], ctx.location.child(name), ctx);
        visit({ name, value, location }, ctx);
        for (const inner of extensionsIn(value, location)) visit(inner, ctx);
      }
    },
  };
}

function extensionsIn(value: Node, at: Location): Extension[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries<Node>(value).flatMap(([name, part]) => {
    const location = at.child(name);
    const own = name.startsWith("x-") ? [{ name, value: part, location }] : [];
    return [...own, ...extensionsIn(part, location)];
  });
}
