import { type Contract, methodName, operationsOf, type ResolvedOperation } from "./contract.ts";

/** What the methods of one service are called, and where their types are. */
interface Service {
  readonly contract: Contract;
  /** The generated file of types. */
  readonly types: string;
  /** The name of the interface. */
  readonly name: string;
}

/** The methods of a service as an interface, with what the contract says about each, for editors to show. */
export function methodsInterface({ contract, types, name }: Service): string {
  return [
    "// Made from the contract. Changes here are lost.",
    'import type { MethodOf } from "../method.ts";',
    `import type { operations } from "./${types}.ts";`,
    "",
    "/** One method per operation of the contract, named by its operationId in camelCase. */",
    `export interface ${name} {`,
    ...operationsOf(contract).flatMap(member),
    "}",
    "",
  ].join("\n");
}

function member({ method, path, operation }: ResolvedOperation): string[] {
  const name = methodName(operation.operationId);
  const action = operation["x-aps-authorization"]?.action;
  const text = [
    `${operation.summary}: \`${method} ${path}\`.`,
    operation.description.trim(),
    action === undefined ? "" : `Permission: \`${action}\`.`,
    [
      "@throws ValidationError when the request breaks a rule of the contract; nothing was sent.",
      "@throws ApiError when the service refuses, or its answer is none.",
      "@throws ConnectionError or TimeoutError when there is no answer.",
      "@throws CredentialsError when there are no credentials, or they are refused; nothing was sent.",
    ].join("\n"),
  ];
  const lines = text
    .filter((part) => part !== "")
    .join("\n\n")
    .replaceAll("*/", "* /")
    .split("\n");
  return [
    "  /**",
    ...lines.map((line) => `   * ${line}`.trimEnd()),
    "   */",
    `  readonly ${name}: MethodOf<operations["${operation.operationId}"]>;`,
  ];
}
