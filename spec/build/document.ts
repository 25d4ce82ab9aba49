/** A part of a document. Its shape is checked by the linter before anything is built from it. */
// biome-ignore lint/suspicious/noExplicitAny: a document is a tree of many shapes.
export type Json = any;

/** The part of an OpenAPI document that its operations are found by. */
export interface OpenApiDocument {
  readonly paths: object;
}

/** An operation, where it stands in its document. */
export interface PlacedOperation<Operation = Json, Parameter = Json> {
  /** With its variables: `/v1/{project_id}/image-servers`. */
  readonly path: string;
  /** As the document writes it: `get`. */
  readonly method: string;
  readonly operation: Operation;
  /** Those of its path and its own, without `$ref`. */
  readonly parameters: readonly Parameter[];
}

interface PathItem {
  readonly parameters?: readonly unknown[];
}

const methods = ["get", "put", "post", "delete", "patch"] as const;

/**
 * All operations of a bundled document, in the order of its paths.
 *
 * @throws Error when a parameter is a reference that leads nowhere.
 */
export function operationsOf<Operation = Json, Parameter = Json>(
  document: OpenApiDocument,
): PlacedOperation<Operation, Parameter>[] {
  return Object.entries(
    document.paths as Readonly<Record<string, PathItem & Readonly<Record<string, unknown>>>>,
  ).flatMap(([path, item]) =>
    methods
      .filter((method) => item[method] !== undefined)
      .map((method) => {
        const operation = item[method] as Operation & PathItem;
        const parameters = [...(item.parameters ?? []), ...(operation.parameters ?? [])];
        return { path, method, operation, parameters: parameters.map((one) => follow<Parameter>(document, one)) };
      }),
  );
}

/**
 * What a value is without `$ref`: what its reference leads to in the document, or the value itself.
 *
 * @throws Error when the reference leads nowhere.
 */
export function follow<Value = Json>(document: object, value: unknown): Value {
  const { $ref } = (value ?? {}) as { readonly $ref?: string };
  if ($ref === undefined) return value as Value;
  const found = at(document, $ref);
  if (found === undefined) throw new Error(`The document has nothing at ${$ref}, which it refers to.`);
  return follow(document, found);
}

/** What a JSON pointer leads to, `undefined` if nothing is there. The pointer may start with `#`. */
export function at(document: object, pointer: string): Json {
  return pointer
    .replace(/^#/, "")
    .split("/")
    .slice(1)
    .reduce<Json>((node, name) => node?.[name.replaceAll("~1", "/").replaceAll("~0", "~")], document);
}
