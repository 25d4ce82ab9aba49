// How the generators read the bundled contract.
import { operationsOf as placedOperations } from "@workspace-aps/spec/document";
import iamBundle from "@workspace-aps/spec/iam.json" with { type: "json" };
import imsBundle from "@workspace-aps/spec/ims.json" with { type: "json" };
import bundle from "@workspace-aps/spec/openapi.json" with { type: "json" };

/** A part of the bundle whose shape is looked at as it is read. */
// biome-ignore lint/suspicious/noExplicitAny: an OpenAPI document is a tree of many shapes.
export type Node = any;

/** The bundled contract. A part of it stands alone: references are replaced by what they refer to. */
export const contract: Node = dereferenced(bundle);

const imageService: Node = dereferenced(imsBundle);

/** The contract of IAM, as far as it is needed. */
export const iamContract: Node = iamBundle;

/** One operation with the parameters of its path merged in. */
export interface Operation {
  readonly id: string;
  /** The further service that has it. */
  readonly service?: "ims";
  readonly method: string;
  readonly path: string;
  readonly node: Node;
  readonly parameters: readonly Node[];
}

/** Every operation, of the image service too, in the order of the contract. */
export function operations(): Operation[] {
  return [...operationsOf(contract), ...operationsOf(imageService, { service: "ims" })];
}

function operationsOf(document: Node, of: Pick<Operation, "service"> = {}): Operation[] {
  return placedOperations(document).map(({ path, method, operation, parameters }) => ({
    ...of,
    id: operation.operationId,
    method: method.toUpperCase(),
    path,
    node: operation,
    parameters,
  }));
}

function dereferenced(document: Node): Node {
  const found = new Map<string, Node>();
  const walk = (node: Node): Node => {
    if (Array.isArray(node)) return node.map(walk);
    if (typeof node !== "object" || node === null) return node;
    if (typeof node.$ref !== "string")
      return Object.fromEntries(Object.entries(node).map(([name, value]) => [name, walk(value)]));
    const keys = node.$ref.split("/").slice(1);
    const whole = found.get(node.$ref) ?? walk(keys.reduce((at: Node, key: string) => at[key], document));
    found.set(node.$ref, whole);
    return whole;
  };
  return walk(document);
}

/** Merges what `allOf` puts together, until a schema stands alone. */
export function resolve(node: Node): Node {
  if (node?.allOf === undefined) return node;
  const { allOf, ...rest } = node;
  const parts = [...allOf.map(resolve), rest];
  return { ...Object.assign({}, ...parts), properties: Object.assign({}, ...parts.map((part) => part.properties)) };
}

/** The schema of an operation's body, when it takes one. */
export function bodyOf(operation: Operation): Node | undefined {
  const body = operation.node.requestBody;
  return body === undefined ? undefined : resolve(body.content["application/json"].schema);
}

/** The schema of an operation's answer, when it has a body. */
export function answerOf(operation: Operation): Node | undefined {
  const schema = operation.node.responses["200"]?.content?.["application/json"]?.schema;
  return schema === undefined ? undefined : resolve(schema);
}

/** The first example of an operation's body. */
export function exampleBody(operation: Operation): Node | undefined {
  const examples = operation.node.requestBody?.content["application/json"].examples;
  return examples === undefined ? undefined : Object.values<Node>(examples)[0].value;
}

/** `execute_sysprep`, `__os_type` and `CreateImageServer` in kebab case. */
export function kebab(name: string): string {
  return name
    .replace(/^_+/, "")
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replaceAll("_", "-")
    .toLowerCase();
}

/** Text on one line, as help shows it. */
export function oneLine(text: string | undefined): string {
  return (text ?? "").replaceAll(/\s+/g, " ").trim();
}
