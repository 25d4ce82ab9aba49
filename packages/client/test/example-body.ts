import document from "@workspace-aps/spec/openapi.json" with { type: "json" };
import * as operations from "../src/generated/operations.ts";
import type { MethodName } from "../src/index.ts";

interface RequestBody {
  readonly content: {
    readonly "application/json": {
      readonly schema: object;
      readonly examples: Readonly<Record<string, { readonly $ref: string }>>;
    };
  };
}

/** The schema of an operation's body in the contract; undefined when it has none. */
export function bodySchemaOf(name: MethodName): object | undefined {
  return bodyOf(name)?.schema;
}

/** The first example of an operation's body in the contract; undefined when it has no body. */
export function exampleBodyOf(name: MethodName): unknown {
  const reference = Object.values(bodyOf(name)?.examples ?? {})[0]
    ?.$ref.split("/")
    .at(-1);
  return document.components.examples[reference as keyof typeof document.components.examples]?.value;
}

function bodyOf(name: MethodName) {
  const { path, method } = operations[name];
  const items = document.paths as unknown as Record<string, Record<string, { requestBody?: RequestBody }>>;
  return items[path]?.[method.toLowerCase()]?.requestBody?.content["application/json"];
}
