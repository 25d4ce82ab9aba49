import { asList, asNode, follow, isNode, type Node } from "../document.ts";
import { operationsOf } from "../operations.ts";

// biome-ignore lint/suspicious/noExplicitAny: mutants reach anywhere into a document
export type Any = any;

/** A schema of a document that is sent or answered, with where it hangs. */
export interface Place {
  readonly direction: "request" | "answer";
  readonly where: string;
  /** The object that holds the schema, and under which name. */
  readonly holder: Any;
  readonly key: string;
  /** The schema, with references followed. */
  readonly schema: Any;
  /** Name of the property that it is, and the object's schema. */
  readonly property?: { readonly name: string; readonly of: Any } | undefined;
}

/** Every schema of some operations that callers see. */
export function placesOf(document: Any, operations = operationsOf(document)): Place[] {
  const found: Place[] = [];
  for (const { operationId, node, path } of operations) {
    const { requestBody, responses } = node as Any;
    const parameters = [...asList((node as Any).parameters), ...asList(document.paths[path].parameters)];
    for (const one of parameters) {
      const parameter = followed(document, one);
      if (parameter?.schema !== undefined) {
        collect(document, "request", `${operationId} ${parameter.name}`, parameter, "schema", found);
      }
    }
    for (const media of Object.values(asNode(followed(document, requestBody)?.content)) as Any[]) {
      collect(document, "request", `${operationId} body`, media, "schema", found);
    }
    for (const [status, answer] of Object.entries(asNode(responses))) {
      const { content, headers } = asNode(followed(document, answer)) as Any;
      for (const media of Object.values(asNode(content)) as Any[]) {
        collect(document, "answer", `${operationId} ${status}`, media, "schema", found);
      }
      for (const [name, header] of Object.entries(asNode(headers))) {
        collect(document, "answer", `${operationId} ${status} ${name}`, followed(document, header), "schema", found);
      }
    }
  }
  return found;
}

export function followed(document: Node, value: unknown): Any {
  return follow(document, value);
}

function collect(
  document: Any,
  direction: Place["direction"],
  where: string,
  holder: Any,
  key: string,
  found: Place[],
  trail: readonly unknown[] = [],
  property?: Place["property"],
): void {
  const schema = followed(document, holder?.[key]);
  if (!isNode(schema) || trail.includes(schema) || trail.length > 12) return;
  // What the service alone sets is no part of a request, and what the caller alone sends none of an answer.
  if (isHidden(document, schema, direction)) return;
  found.push({ direction, where, holder, key, schema, property });
  const down = (from: Any, name: string, to: string, of?: Place["property"]) =>
    collect(document, direction, `${where} ${to}`, from, name, found, [...trail, schema], of);
  const { properties, items, allOf } = schema as Any;
  for (const name of Object.keys(asNode(properties))) down(properties, name, name, { name, of: schema });
  if (isNode(items)) down(schema, "items", "[]");
  for (const index of asList(allOf).keys()) down(allOf, String(index), "allOf");
}

function isHidden(document: Any, schema: Any, direction: Place["direction"]): boolean {
  const key = direction === "request" ? "readOnly" : "writeOnly";
  return schema[key] === true || asList(schema.allOf).some((part) => followed(document, part)?.[key] === true);
}

/** The types that a schema names itself. */
export function typesIn({ type }: Any): readonly string[] {
  return type === undefined ? [] : Array.isArray(type) ? type : [type];
}

/** Whether a schema says all that it says by plain keywords of its own. */
export function isPlain(schema: Any): boolean {
  return !["$ref", "allOf", "anyOf", "oneOf", "not", "if", "enum", "const"].some((key) => key in schema);
}
