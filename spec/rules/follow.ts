import type { Location, Node, RuleContext } from "./house-rule.ts";

/** A node and where it stands. */
export interface Placed {
  readonly node: Node;
  readonly location: Location;
}

/** The node that a `$ref` leads to, or the node itself, which stands at the given place. */
export function follow(node: Node, location: Location, ctx: RuleContext): Placed {
  if (!node?.$ref) return { node, location };
  const target = ctx.resolve(node, location.source.absoluteRef);
  return { node: target.node, location: target.location ?? location };
}
