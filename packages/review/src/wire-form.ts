import { asList, asNode, childOf, follow, isNode, methods, type Node, stepsOf } from "./document.ts";

/** What is said to people only. It never decides what is sent or answered. */
const words = new Set(["title", "summary", "description", "example", "examples", "externalDocs", "$comment", "links"]);

/** Lists whose order means nothing. */
const sets = new Set(["required", "enum", "type", "anyOf", "oneOf", "allOf"]);

/**
 * The part of an operation that a pointer leads into, in a form that says what goes over the wire and nothing else: no
 * references, no words, lists in one order, `allOf` put together. Two ways to write the same thing have the same form.
 *
 * @returns undefined for a pointer that leads into no operation.
 */
export function wireForm(document: Node, pointer: string): string | undefined {
  const [root, path = "", method = "", part = "", name = ""] = stepsOf(pointer);
  const item = asNode(document.paths)[path];
  if (root !== "paths" || !isNode(item)) return undefined;
  if (method === "parameters") {
    return JSON.stringify(methods.filter((one) => one in item).map((one) => [one, parametersOf(document, item, one)]));
  }
  const operation = item[method];
  if (!isNode(operation)) return undefined;
  if (part === "parameters") return JSON.stringify(parametersOf(document, item, method));
  if (part === "requestBody") return JSON.stringify(formOf(document, operation.requestBody, []));
  if (part === "responses") return JSON.stringify(formOf(document, childOf(operation.responses, name), []));
  return undefined;
}

/** Parameters of the path and of the operation together, which replaces those of the path by name. */
function parametersOf(document: Node, item: Node, method: string): unknown {
  const all = [...asList(item.parameters), ...asList(childOf(item[method], "parameters"))].map((parameter) =>
    asNode(formOf(document, parameter, [])),
  );
  const byName = new Map(all.map((parameter) => [`${parameter.in} ${parameter.name}`, parameter]));
  return [...byName].sort(([a], [b]) => (a < b ? -1 : 1));
}

function formOf(document: Node, value: unknown, trail: readonly unknown[]): unknown {
  if (Array.isArray(value)) return value.map((item) => formOf(document, item, trail));
  if (!isNode(value)) return value;
  const { $ref, ...beside } = value;
  if ($ref !== undefined) {
    // A schema that contains itself stays a reference.
    if (trail.includes($ref)) return value;
    const target = asNode(follow(document, { $ref }));
    return formOf(document, isEmpty(withoutWords(beside)) ? target : { allOf: [target, beside] }, [...trail, $ref]);
  }
  const entries = Object.entries(withoutWords(value)).map(([key, child]) => [
    key,
    childForm(document, key, child, trail),
  ]);
  return sorted(together(Object.fromEntries(entries)));
}

/** Names of properties are no keywords, so that a property called `description` stays. */
function childForm(document: Node, key: string, child: unknown, trail: readonly unknown[]): unknown {
  if (["properties", "patternProperties", "content", "headers"].includes(key) && isNode(child)) {
    return sorted(Object.fromEntries(Object.entries(child).map(([name, one]) => [name, formOf(document, one, trail)])));
  }
  const form = formOf(document, child, trail);
  return sets.has(key) && Array.isArray(form) ? form.map((one) => JSON.stringify(one)).sort() : form;
}

function withoutWords(node: Node): Node {
  return Object.fromEntries(
    Object.entries(node).filter(([key]) => !words.has(key) && (!key.startsWith("x-") || key === "x-aps-unique-by")),
  );
}

/** Puts the branches of `allOf`, and of a choice with one branch, together with what stands beside them. */
function together(schema: Node): Node {
  for (const key of ["allOf", "anyOf", "oneOf"]) {
    const { [key]: texts, ...rest } = schema;
    if (!Array.isArray(texts) || (key !== "allOf" && texts.length !== 1)) continue;
    const joined = [rest, ...texts.map((text) => JSON.parse(text) as Node)].reduce<Node | undefined>(join, {});
    if (joined !== undefined) return together(joined);
  }
  return schema;
}

/** Two schemas as one; undefined when one schema cannot say what both say. */
function join(a: Node | undefined, b: Node): Node | undefined {
  if (a === undefined) return undefined;
  const joined: Record<string, unknown> = { ...a };
  for (const [key, value] of Object.entries(b)) {
    const other = joined[key];
    if (other === undefined || JSON.stringify(other) === JSON.stringify(value)) joined[key] = value;
    else if (key === "required") joined[key] = [...new Set([...asList(other), ...asList(value)])].sort();
    else if (key === "properties" && areDisjoint(asNode(other), asNode(value))) {
      joined[key] = sorted({ ...asNode(other), ...asNode(value) });
    } else return undefined;
  }
  // What is closed is closed to its own properties only.
  const isClosed = "additionalProperties" in joined || "unevaluatedProperties" in joined;
  return isClosed && !isEmpty(a) && !isEmpty(b) && ("properties" in a || "properties" in b) ? undefined : joined;
}

function areDisjoint(a: Node, b: Node): boolean {
  return Object.keys(a).every((name) => !(name in b) || JSON.stringify(a[name]) === JSON.stringify(b[name]));
}

function isEmpty(node: Node): boolean {
  return Object.keys(node).length === 0;
}

function sorted(node: Node): Node {
  return Object.fromEntries(Object.entries(node).sort(([a], [b]) => (a < b ? -1 : 1)));
}
