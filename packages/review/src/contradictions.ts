import { asList, asNode, follow, type Node } from "./document.ts";
import { operationsOf } from "./operations.ts";
import { firstDiffering, type Placed } from "./schema/differing-value.ts";
import { Side } from "./schema/side.ts";

/** A schema that callers send values of, or get. */
interface Point extends Placed {
  readonly where: string;
}

/**
 * Values that contradict a review which found nothing that harms callers: what they sent before and is refused now, or
 * what they get now and was not promised before.
 *
 * @param tries values of each schema that differs.
 */
export function contradictions(before: Node, after: Node, tries: number): string[] {
  const sides = { request: [before, after], answer: [after, before] } as const;
  return (["request", "answer"] as const).flatMap((direction) => {
    const [from, to] = sides[direction].map((document) => pointsOf(new Side(document, direction)));
    return [...(from ?? [])].flatMap(([where, inner]) => {
      const outer = to?.get(where);
      if (outer === undefined || inner.side.form(inner.schema) === outer.side.form(outer.schema)) return [];
      const bad = firstDiffering(inner, outer, { tries, seed: tries });
      return bad === undefined ? [] : [`${direction} of ${where}: ${JSON.stringify(bad)?.slice(0, 200)}`];
    });
  });
}

/** The schemas of a document, by where callers meet them. */
function pointsOf(side: Side): Map<string, Point> {
  const found = new Map<string, Point>();
  const add = (where: string, schema: unknown) => found.set(where, { where, schema: schema ?? true, side });
  for (const { operationId, node, path } of operationsOf(side.document)) {
    const bodies =
      side.direction === "request"
        ? [["body", node.requestBody] as const]
        : Object.entries(asNode(node.responses)).map(([status, answer]) => [status, answer] as const);
    for (const [name, body] of bodies) {
      for (const [type, media] of Object.entries(asNode(asNode(follow(side.document, body)).content))) {
        add(`${operationId} ${name} ${type.toLowerCase()}`, asNode(media).schema);
      }
    }
    if (side.direction === "answer") continue;
    for (const one of [...asList(asNode(asNode(side.document.paths)[path]).parameters), ...asList(node.parameters)]) {
      const { in: place, name, schema } = asNode(follow(side.document, one));
      if (schema !== undefined) add(`${operationId} ${place} ${name}`, schema);
    }
  }
  return found;
}
