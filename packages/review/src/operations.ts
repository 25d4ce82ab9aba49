import { asList, asNode, childOf, type Documents, follow, isNode, methods, type Node, stepsOf } from "./document.ts";

/** One operation of a document. */
export interface Operation {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
  readonly node: Node;
}

/** The operations of a bundle. */
export function operationsOf(document: Node): Operation[] {
  return Object.entries(asNode(document.paths)).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const node = childOf(item, method);
      return isNode(node) ? [{ operationId: String(node.operationId), method, path, node }] : [];
    }),
  );
}

/**
 * The ids of the operations that a place in a bundle is part of. A place in a component is part of every operation that
 * refers to the component; a place that belongs to no operation, such as the servers, is part of all.
 *
 * @param pointer a JSON pointer that goes through references as if they were not there.
 */
export function operationsAt(document: Node, pointer: string): string[] {
  const steps = stepsOf(pointer);
  const operations = operationsOf(document);
  const component = componentAt(document, steps);
  if (component !== undefined && !component.startsWith("#/components/securitySchemes/")) {
    return idsOf(operations.filter((operation) => referencesOf(document, operation).has(component)));
  }
  const [root, path, method = ""] = steps;
  if (root === "paths") {
    return idsOf(operations.filter((one) => one.path === path && (one.method === method || !methods.includes(method))));
  }
  if (root === "x-aps-job") {
    const families = (document["x-aps-job"] ?? {}) as Readonly<Record<string, unknown>>;
    const named = JSON.stringify(families[path ?? ""] ?? families);
    return idsOf(operations.filter(({ operationId }) => named.includes(`"${operationId}"`)));
  }
  return idsOf(operations);
}

/** The ids of the operations of which anything is written otherwise, in them or in a component that they refer to. */
export function operationsThatDiffer({ before, after }: Documents): string[] {
  const [was, is] = [before, after].map(
    (document) => new Map(operationsOf(document).map((one) => [one.operationId, contentOf(document, one)])),
  );
  return [...(is?.keys() ?? [])].filter((id) => is?.get(id) !== was?.get(id));
}

function contentOf(document: Node, operation: Operation): string {
  const components = [...referencesOf(document, operation)].map(($ref) => [$ref, follow(document, { $ref })]);
  return JSON.stringify([operation.node, components]);
}

/** Where a place is written: below the last component that the way to it goes through, or in the document itself. */
export function homeOf(document: Node, pointer: string): string {
  const steps = stepsOf(pointer);
  let [node, home]: [unknown, string] = [document, "#"];
  for (const step of steps) {
    if (isNode(node) && typeof node.$ref === "string") home = node.$ref;
    const followed = follow(document, node);
    node = childOf(followed, step) ?? inParts(document, followed, step);
    home += `/${step}`;
  }
  return home;
}

/** Parts of a schema say what the whole says. */
function inParts(document: Node, node: unknown, step: string): unknown {
  for (const part of asList(childOf(node, "allOf"))) {
    const found = childOf(follow(document, part), step);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** The component that a place is in: the last one that the way to it goes through. */
function componentAt(document: Node, steps: readonly string[]): string | undefined {
  let component = steps[0] === "components" ? `#/${steps.slice(0, 3).join("/")}` : undefined;
  let node: unknown = document;
  for (const step of steps) {
    if (isNode(node) && typeof node.$ref === "string") component = node.$ref;
    node = childOf(follow(document, node), step);
  }
  return isNode(node) && typeof node.$ref === "string" ? node.$ref : component;
}

/** Every component that an operation refers to, directly or through others. */
function referencesOf(document: Node, { path, node }: Operation): Set<string> {
  return referencesIn(document, [node, childOf(asNode(document.paths)[path], "parameters")]);
}

function referencesIn(document: Node, part: unknown): Set<string> {
  const found = new Set<string>();
  const collect = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) collect(item);
    if (!isNode(value)) return;
    if (typeof value.$ref === "string" && !found.has(value.$ref)) {
      found.add(value.$ref);
      collect(follow(document, { $ref: value.$ref }));
    }
    for (const child of Object.values(value)) collect(child);
  };
  collect(part);
  return found;
}

function idsOf(operations: readonly Operation[]): string[] {
  return operations.map(({ operationId }) => operationId);
}

/** The name of an operation's method in the client: its id in camelCase. */
export function methodName(operationId: string): string {
  return operationId.charAt(0).toLowerCase() + operationId.slice(1);
}
