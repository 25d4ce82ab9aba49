interface Parameter {
  readonly name: string;
  readonly in: string;
}

/** What is read of the bundled contract. */
interface Contract {
  readonly paths: object;
  readonly components: { readonly securitySchemes: Readonly<Record<string, { readonly name?: string }>> };
}

/** Names that may stand in a recording. What is not among them is left out, because nobody knows what it holds. */
export interface KnownNames {
  /** In lower case. */
  readonly headers: ReadonlySet<string>;
  readonly query: ReadonlySet<string>;
}

/** Headers that HTTP itself needs to be understood. */
const plain = ["content-type", "content-length", "accept", "date"];

/**
 * Names of headers and query parameters that the contract has, without those that carry credentials.
 *
 * @param contract the bundled contract.
 */
export function knownNames(contract: Contract): KnownNames {
  const headers = new Set(plain);
  const query = new Set<string>();
  visit(contract, (node) => {
    if (isParameter(node)) (node.in === "query" ? query : headers).add(node.name.toLowerCase());
    if (isObject(node.headers)) for (const name of Object.keys(node.headers)) headers.add(name.toLowerCase());
  });
  for (const { name } of Object.values(contract.components.securitySchemes)) headers.delete(String(name).toLowerCase());
  return { headers, query };
}

function visit(value: unknown, look: (node: Readonly<Record<string, unknown>>) => void): void {
  if (Array.isArray(value)) for (const item of value) visit(item, look);
  if (!isObject(value)) return;
  look(value);
  for (const child of Object.values(value)) visit(child, look);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isParameter(node: Readonly<Record<string, unknown>>): node is Readonly<Record<string, unknown>> & Parameter {
  return typeof node.name === "string" && (node.in === "query" || node.in === "header") && isObject(node.schema);
}
