import type { Change } from "../change.ts";
import { asNode, childOf, type Node, pointerTo } from "../document.ts";

/**
 * Names of schemas never go over the wire. The client exports a type under each of them, so that code which uses one
 * stops compiling when it goes away.
 */
export function compareTypeNames(before: Node, after: Node): Change[] {
  const [was, is] = [before, after].map((document) => asNode(childOf(document.components, "schemas")));
  return Object.keys(was ?? {})
    .filter((name) => !(name in (is ?? {})))
    .map((name) => ({
      verdict: "breaking",
      rule: "type-name-removed",
      says: `The client's type \`components["schemas"]["${name}"]\` went away. Only its name is gone if nothing else is listed.`,
      pointer: pointerTo("components", "schemas", name),
    }));
}
