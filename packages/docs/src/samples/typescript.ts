import type { Service } from "../contract/document.ts";
import { type Call, methodNameOf, type SampledOperation } from "./call.ts";

/** The part of the client that has the operations of a service. */
const partOf: Readonly<Record<Service, string>> = { streaming: "operations", images: "ims" };

/** A call as a program with the client. */
export function typescriptSample(operation: SampledOperation, { path, query, body }: Call): string {
  const args = {
    ...(isEmpty(path) ? {} : { path }),
    ...(isEmpty(query) ? {} : { query }),
    ...(body === undefined ? {} : { body }),
  };
  return `import { createClient, fromEnvironment } from "@workspace-aps/client";
import { ${methodNameOf(operation)} } from "@workspace-aps/client/${partOf[operation.service]}";

const client = createClient({
  region: "ap-southeast-1",
  credentials: fromEnvironment(),
  operations: { ${methodNameOf(operation)} },
});

const result = await client.${methodNameOf(operation)}(${isEmpty(args) ? "" : literal(args)});
console.log(result);
`;
}

/** JSON with names as a person writes them in TypeScript. */
function literal(value: unknown): string {
  return JSON.stringify(value, null, 2).replace(/^( *)"(\w+)":/gm, "$1$2:");
}

function isEmpty(value: object): boolean {
  return Object.keys(value).length === 0;
}
