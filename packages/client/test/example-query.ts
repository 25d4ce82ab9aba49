import document from "@workspace-aps/spec/openapi.json" with { type: "json" };
import * as operations from "../src/generated/operations.ts";
import type { MethodName } from "../src/index.ts";

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly example?: unknown;
}

/** The query parameters that an operation cannot do without, with the contract's examples. */
export function requiredQueryOf(name: MethodName): Record<string, unknown> {
  const { path, method } = operations[name];
  const items = document.paths as unknown as Record<string, Record<string, { parameters?: readonly object[] }>>;
  const parameters = (items[path]?.[method.toLowerCase()]?.parameters ?? []).map(follow);
  const required = parameters.filter((one) => one.in === "query" && one.required);
  return Object.fromEntries(required.map((one) => [one.name, one.example]));
}

function follow(parameter: object): Parameter {
  const reference = "$ref" in parameter ? String(parameter.$ref).split("/").at(-1) : undefined;
  return (
    reference === undefined ? parameter : (document.components.parameters as Record<string, unknown>)[reference]
  ) as Parameter;
}
