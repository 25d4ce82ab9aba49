import type { Node, RuleContext } from "./house-rule.ts";

/** A schema together with the file that its `$ref`s are relative to. */
export interface PlacedSchema {
  readonly schema: Node;
  readonly file: string | undefined;
}

/**
 * The schema that a JSON pointer into an instance leads to, through `$ref`, `allOf`, `properties` and `items`.
 * Undefined when the schema does not describe such a place.
 */
export function schemaAt(start: PlacedSchema, pointer: string, ctx: RuleContext): PlacedSchema | undefined {
  let place: PlacedSchema | undefined = resolved(start, ctx);
  for (const name of pointer.split("/").slice(1)) {
    place = place && property(place, name, ctx);
  }
  return place;
}

/** The schema of the items of an array. */
export function itemsOf(array: PlacedSchema, ctx: RuleContext): PlacedSchema | undefined {
  return array.schema?.items ? resolved({ schema: array.schema.items, file: array.file }, ctx) : undefined;
}

/** The schema of the JSON body of an operation's 200 answer. */
export function answerOf(operation: Node, file: string, ctx: RuleContext): PlacedSchema | undefined {
  const response = resolved({ schema: operation?.responses?.["200"], file }, ctx);
  const schema = response.schema?.content?.["application/json"]?.schema;
  return schema ? resolved({ schema, file: response.file }, ctx) : undefined;
}

/** The values of `enum`, also inside the `anyOf` of an open list of values. */
export function enumOf(schema: Node): string[] {
  const parts: Node[] = [schema, ...(schema?.anyOf ?? [])];
  return parts.flatMap((part) => (Array.isArray(part?.enum) ? part.enum.map(String) : []));
}

function property(place: PlacedSchema, name: string, ctx: RuleContext): PlacedSchema | undefined {
  const own = place.schema?.properties?.[name];
  if (own) return resolved({ schema: own, file: place.file }, ctx);
  for (const part of place.schema?.allOf ?? []) {
    const found = property(resolved({ schema: part, file: place.file }, ctx), name, ctx);
    if (found) return found;
  }
  return undefined;
}

/** What stands at a place, its `$ref` followed. It may be a parameter or a response as well. */
export function resolved(place: PlacedSchema, ctx: RuleContext): PlacedSchema {
  if (!place.schema?.$ref) return place;
  const target = ctx.resolve(place.schema, place.file);
  return { schema: target.node, file: target.location?.source.absoluteRef ?? place.file };
}
