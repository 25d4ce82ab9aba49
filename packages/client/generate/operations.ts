import { type Contract, methodName, operationsOf, type ResolvedOperation, successOf } from "./contract.ts";
import { holdItems, requestSchema } from "./schemas.ts";

/** A service that is not the one that the client is named after: its name in the option `endpoints`, and its hosts. */
export interface FurtherService {
  readonly name: string;
  readonly servers: readonly object[];
}

/**
 * The operations of a service as one module, each a constant of its own with the rules for its request: a program carries those
 * that it uses, and no table of all.
 *
 * @param startedBy the operations that start a job.
 */
export function operationConstants(contract: Contract, startedBy: readonly string[], service?: FurtherService): string {
  const resolved = operationsOf(contract);
  return [
    "// Made from the contract. Changes here are lost.",
    'import { holdItems } from "../validation/hold-items.ts";',
    'import type { Schema } from "../validation/schema.ts";',
    ...(service === undefined ? [] : [`const service = ${JSON.stringify(service, null, 2)} as const;`]),
    ...resolved.flatMap((one) => {
      const { operationId, summary } = one.operation;
      const facts = factsOf(one, startedBy.includes(operationId));
      const rules = JSON.stringify(requestSchema(contract, one), null, 2).replaceAll(`"${holdItems}"`, holdItems);
      return [
        `/** ${summary}: \`${one.method} ${one.path}\`. */`,
        `export const ${methodName(operationId)} = {`,
        ...Object.entries(facts).map(([name, value]) => `  ${name}: ${JSON.stringify(value)},`),
        ...(service === undefined ? [] : ["  service,"]),
        `  request: ${rules} as Schema,`,
        "} as const;",
      ];
    }),
    "",
  ].join("\n");
}

/** An operation. What is usual is left out: an answer with a body, no job, a permission that is known. */
export function factsOf({ method, path, operation }: ResolvedOperation, startsJob: boolean): object {
  const action = operation["x-aps-authorization"]?.action ?? "unknown";
  return {
    id: operation.operationId,
    method,
    path,
    ...(operation.responses[successOf(operation)]?.content === undefined ? { hasNoBody: true } : {}),
    ...(startsJob ? { startsJob } : {}),
    ...(action === "unknown" || action === "none" ? {} : { action }),
  };
}
