import { asNode } from "../document.ts";
import { followed } from "../mutants/places.ts";
import { operationsOf } from "../operations.ts";
import type { Contract } from "./edit.ts";

/** Places that every document has, wherever they are in it. */

/** The object that is sent in the first body of a document. */
export function sent(contract: Contract): Contract {
  for (const { node } of operationsOf(contract)) {
    const { content } = asNode(followed(contract, node.requestBody));
    const schema = followed(contract, asNode(Object.values(asNode(content))[0]).schema);
    if (schema?.type === "object") return schema;
  }
  throw new Error("The document has no body that is an object.");
}

/** The object that is answered by the first operation that answers one. */
export function answered(contract: Contract): Contract {
  for (const { node } of operationsOf(contract)) {
    const { content } = asNode(followed(contract, successOf(node)));
    const schema = followed(contract, asNode(Object.values(asNode(content))[0]).schema);
    if (schema?.type === "object" && schema.properties !== undefined) return schema;
  }
  throw new Error("The document answers no object.");
}

/** The operation that lists something. */
export function listing(contract: Contract): Contract {
  const found = operationsOf(contract).find(({ method }) => method === "get");
  if (found === undefined) throw new Error("The document reads nothing.");
  const node = found.node as Contract;
  node.parameters ??= [];
  return node;
}

/** The operation that sends a body. */
export function sending(contract: Contract): Contract {
  const found = operationsOf(contract).find(({ node }) => node.requestBody !== undefined);
  if (found === undefined) throw new Error("The document sends nothing.");
  return found.node;
}

/** The path of an operation. */
export function pathOf(contract: Contract, operation: Contract): { readonly path: string; readonly method: string } {
  const found = operationsOf(contract).find(({ node }) => node === operation);
  if (found === undefined) throw new Error("The document has no such operation.");
  return found;
}

function successOf(node: Contract): Contract {
  const [status = ""] = Object.keys(asNode(node.responses)).filter((one) => one.startsWith("2"));
  return node.responses[status];
}

/** The answer of success of an operation, of its own. */
export function success(contract: Contract, operation: Contract): Contract {
  const [status = ""] = Object.keys(operation.responses).filter((one) => one.startsWith("2"));
  operation.responses[status] = structuredClone(followed(contract, operation.responses[status]));
  return operation.responses[status];
}
