import type { Change } from "./change.ts";
import { asList, asNode, isNode, type Node } from "./document.ts";
import { operationsOf } from "./operations.ts";
import { stable } from "./schema/side.ts";
import { type ContractTree, service } from "./tree/contract-tree.ts";

/** What callers of the client see in TypeScript that differs: names of exports, schemas and operations. */
export interface SurfaceChange {
  readonly name: string;
  readonly kind: "added" | "removed" | "changed";
}

const index = "packages/client/src/index.ts";

/** What a type shows of a schema. Limits of values are no part of it. */
const shown = new Set(
  "type enum const properties required items prefixItems additionalProperties anyOf oneOf allOf $ref readOnly".split(
    " ",
  ),
);

/** Compares the exports of the client, and the types that are made from the contract. */
export function compareSurface(base: ContractTree, here: ContractTree): SurfaceChange[] {
  const [before, after] = [surfaceOf(base), surfaceOf(here)];
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((name): SurfaceChange[] => {
    if (!before.has(name)) return [{ name, kind: "added" }];
    if (!after.has(name)) return [{ name, kind: "removed" }];
    return before.get(name) === after.get(name) ? [] : [{ name, kind: "changed" }];
  });
}

/** Code that imports a name stops compiling when the client exports it no longer. */
export function removedExports(surface: readonly SurfaceChange[]): Change[] {
  return surface
    .filter(({ name, kind }) => kind === "removed" && /^\w+$/.test(name))
    .map(({ name }) => ({
      verdict: "breaking",
      rule: "export-removed",
      says: `The client no longer exports \`${name}\`.`,
      pointer: `${index}#/${name}`,
      source: { file: index, line: 1 },
    }));
}

function surfaceOf(tree: ContractTree): Map<string, string> {
  const document = asNode(tree.documents.get(service));
  const schemas = Object.entries(asNode(asNode(document.components).schemas)).map(
    ([name, schema]) => [`components["schemas"]["${name}"]`, stable(typeOf(schema))] as const,
  );
  const operations = operationsOf(document).map(
    ({ operationId, node }) => [`operations["${operationId}"]`, stable(shapeOf(node))] as const,
  );
  return new Map([...exportsOf(tree.text(index) ?? ""), ...schemas, ...operations]);
}

/** The names that an index file exports. */
function exportsOf(source: string): (readonly [string, string])[] {
  const lists = [...source.matchAll(/export (?:type )?\{([^}]*)\}/g)].flatMap(([, list = ""]) => list.split(","));
  return lists
    .map((entry) =>
      entry
        .trim()
        .replace(/^type /, "")
        .replace(/^.* as /, ""),
    )
    .filter((name) => name !== "")
    .map((name) => [name, "exported"] as const);
}

function typeOf(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(typeOf);
  if (!isNode(schema)) return schema;
  const entries = Object.entries(schema).filter(([key]) => shown.has(key));
  return Object.fromEntries(
    entries.map(([key, value]) => {
      if (key !== "properties") return [key, typeOf(value)];
      return [key, Object.fromEntries(Object.entries(asNode(value)).map(([name, one]) => [name, typeOf(one)]))];
    }),
  );
}

/** What the type of an operation shows: parameters, bodies, statuses. */
function shapeOf({ parameters, requestBody, responses }: Node): unknown {
  const content = (part: unknown) =>
    Object.entries(asNode(asNode(part).content)).map(([type, media]) => [type, typeOf(asNode(media).schema)]);
  const ofParameter = (one: unknown) => {
    const { $ref, name, in: place, required, schema } = asNode(one);
    return [$ref, name, place, required, typeOf(schema)];
  };
  return [
    asList(parameters).map(ofParameter),
    [asNode(requestBody).$ref, asNode(requestBody).required, content(requestBody)],
    Object.entries(asNode(responses)).map(([status, one]) => [status, asNode(one).$ref, content(one)]),
  ];
}
