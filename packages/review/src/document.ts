/** An object of a description. */
export type Node = Readonly<Record<string, unknown>>;

/** The two bundles that are compared. */
export interface Documents {
  readonly before: Node;
  readonly after: Node;
}

/** The methods that a path can have. */
export const methods: readonly string[] = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

/** Whether a value is an object, and no list. */
export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An object as it is, and an empty one for everything else. */
export function asNode(value: unknown): Node {
  return isNode(value) ? value : {};
}

/** A list as it is, and an empty one for everything else. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The steps of a JSON pointer such as `#/paths/~1v1/get`. */
export function stepsOf(pointer: string): string[] {
  const [, ...steps] = pointer.split("/");
  return steps.map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** The JSON pointer of steps. */
export function pointerTo(...steps: readonly string[]): string {
  return ["#", ...steps.map((step) => step.replaceAll("~", "~0").replaceAll("/", "~1"))].join("/");
}

/** What a value stands for: itself, or what its reference leads to. */
export function follow(document: Node, value: unknown): unknown {
  let found = value;
  for (let hops = 0; isNode(found) && typeof found.$ref === "string" && hops < 20; hops += 1) {
    found = stepsOf(found.$ref).reduce<unknown>((node, step) => childOf(node, step), document);
  }
  return found;
}

/** The part of an object or a list behind one step of a pointer. */
export function childOf(node: unknown, step: string): unknown {
  return isNode(node) || Array.isArray(node) ? (node as Node)[step] : undefined;
}
