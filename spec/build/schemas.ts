import { at, type Json, operationsOf } from "./document.ts";

/** A schema in the bundle, where it stands, and which requests it is part of. */
export interface PlacedSchema {
  /** JSON pointer into the bundle. */
  readonly pointer: string;
  readonly schema: Json;
  readonly uses: Use[];
}

/** Where a value of a schema goes in a request. */
export interface Use {
  readonly operationId: string;
  readonly in: "path" | "query" | "header" | "body";
  /** Name of the parameter, or JSON pointer into the body; an array is entered at its first item. */
  readonly at: string;
}

/** Every schema of a bundle that has no `$ref`, each once, with the requests it is part of. */
export function schemasOf(bundle: Json): PlacedSchema[] {
  const found = new Map<string, PlacedSchema>();
  const add = (pointer: string, use: Use | undefined): void => {
    const schema = at(bundle, pointer);
    if (schema === undefined || typeof schema !== "object") return;
    if (schema.$ref) {
      add(schema.$ref, use);
      return;
    }
    const known = found.get(pointer);
    const placed = known ?? { pointer, schema, uses: [] };
    if (use && !placed.uses.some((one) => JSON.stringify(one) === JSON.stringify(use))) placed.uses.push(use);
    found.set(pointer, placed);
    if (known && !use) return;
    for (const name of Object.keys(schema.properties ?? {})) {
      add(`${pointer}/properties/${escaped(name)}`, use && { ...use, at: `${use.at}/${escaped(name)}` });
    }
    if (schema.items) add(`${pointer}/items`, use && { ...use, at: `${use.at}/0` });
    // An open list of values is an anyOf; its parts have no edges of their own.
    for (const index of (schema.allOf ?? []).keys()) add(`${pointer}/allOf/${index}`, use);
  };
  for (const { path, method, operation, parameters } of operationsOf(bundle)) {
    const start = `#/paths/${escaped(path)}/${method}`;
    const item = bundle.paths[path];
    const places = [
      ...(item.parameters ?? []).map((one: Json, index: number) => [
        one,
        `#/paths/${escaped(path)}/parameters/${index}`,
      ]),
      ...(operation.parameters ?? []).map((one: Json, index: number) => [one, `${start}/parameters/${index}`]),
    ];
    for (const [index, [one, own]] of places.entries()) {
      const parameter = parameters[index];
      const use: Use = { operationId: operation.operationId, in: parameter.in, at: parameter.name };
      add(`${one.$ref ?? own}/schema`, use);
    }
    for (const type of Object.keys(operation.requestBody?.content ?? {})) {
      const use: Use = { operationId: operation.operationId, in: "body", at: "" };
      add(`${start}/requestBody/content/${escaped(type)}/schema`, use);
    }
  }
  for (const name of Object.keys(bundle.components?.schemas ?? {})) add(`#/components/schemas/${name}`, undefined);
  return [...found.values()];
}

function escaped(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}
