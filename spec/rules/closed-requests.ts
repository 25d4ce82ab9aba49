import type { HouseRule, Location, Node, RuleContext } from "./house-rule.ts";

/** Objects in requests refuse unknown properties; objects in answers allow them. */
export const closedRequests: HouseRule = {
  id: "closed-requests",
  reason: "A misspelt optional property must not be ignored silently, and an answer may gain fields at any time.",
  create: () => {
    const open = reporter("Add additionalProperties: false, so that a misspelt property is refused.");
    const closed = reporter("Remove additionalProperties: false. Answers may gain fields; use a schema of their own.");
    return {
      RequestBody: {
        MediaType(mediaType: Node, ctx: RuleContext) {
          walk(mediaType.schema, ctx.location.child("schema"), ctx, (schema, at) => {
            if (!isClosed(schema)) open(ctx, at);
          });
        },
      },
      Response: {
        MediaType(mediaType: Node, ctx: RuleContext) {
          walk(mediaType.schema, ctx.location.child("schema"), ctx, (schema, at) => {
            if (isClosed(schema)) closed(ctx, at);
          });
        },
      },
    };
  },
};

/** Reports each place once, however many operations lead to it. */
function reporter(message: string): (ctx: RuleContext, location: Location) => void {
  const seen = new Set<string>();
  return (ctx, location) => {
    const place = location.source.absoluteRef + location.pointer;
    if (!seen.has(place)) ctx.report({ message, location: location.key() });
    seen.add(place);
  };
}

/** Visits every object schema inside a schema. Redocly's own nested visitors stop at the first. */
function walk(
  node: Node,
  at: Location,
  ctx: RuleContext,
  visit: (schema: Node, at: Location) => void,
  seen = new Set<Node>(),
): void {
  const target = node?.$ref ? ctx.resolve(node, at.source.absoluteRef) : { node, location: at };
  const { node: schema, location = at } = target;
  if (!schema || typeof schema !== "object" || seen.has(schema)) return;
  seen.add(schema);
  if ([schema.type].flat().includes("object") || schema.properties) visit(schema, location);
  for (const [path, part] of partsOf(schema)) walk(part, location.child(path), ctx, visit, seen);
}

/** The schemas inside a schema that a value or a part of it must fit. */
function partsOf(schema: Node): [(string | number)[], Node][] {
  const one = ["items", "additionalProperties", "then", "else"].map((word) => [[word], schema[word]]);
  const many = [
    "properties",
    "patternProperties",
    "dependentSchemas",
    "prefixItems",
    "allOf",
    "anyOf",
    "oneOf",
  ].flatMap((word) => Object.entries<Node>(schema[word] ?? {}).map(([key, part]) => [[word, key], part]));
  return [...one, ...many] as [(string | number)[], Node][];
}

function isClosed(schema: Node): boolean {
  return schema.additionalProperties === false || schema.unevaluatedProperties === false;
}
