import { follow } from "@workspace-aps/spec/document";
import { type Contract, type Operation, operationsOf, type ResolvedOperation, type Schema } from "./contract.ts";
import { answerValidator } from "./validators.ts";

type Service = "aps" | "iam" | "ims";

/** The table of routes of one document, as constants. */
export function routesOf(contract: Contract, service: Service): object[] {
  return operationsOf(contract).map((resolved) => route(contract, resolved, service));
}

function route(contract: Contract, resolved: ResolvedOperation, service: Service): object {
  const { method, path, operation, parameters, responses } = resolved;
  const success = Object.keys(responses).find((status) => status.startsWith("2")) ?? "200";
  return {
    service,
    operationId: operation.operationId,
    method,
    path,
    authenticated: operation.security?.length !== 0,
    rateLimit: operation["x-aps-rate-limit"],
    permissions: permissionsOf(operation),
    preconditions: operation["x-aps-preconditions"] ?? {},
    query: parameters
      .filter((parameter) => parameter.in === "query")
      .map(({ name, schema }) => {
        const { type, default: byDefault } = follow<Schema>(contract, schema);
        return { name, type, default: byDefault };
      }),
    hasBody: operation.requestBody !== undefined,
    needsBody: operation.requestBody?.required === true,
    success: Number(success),
    answers: Object.fromEntries(
      Object.entries(responses).map(([status, { content }]) => [
        status,
        content === undefined ? null : answerValidator(service, operation.operationId, status, content),
      ]),
    ),
    answerIds: Object.fromEntries(
      Object.entries(responses).map(([status, { headers }]) => [
        status,
        Object.keys(headers ?? {}).filter((name) => name.endsWith("-Id")),
      ]),
    ),
    examples: Object.fromEntries(
      Object.entries(responses).map(([status, { content }]) => {
        const examples = Object.values(content?.["application/json"].examples ?? {});
        const first = follow<{ readonly value: unknown } | undefined>(contract, examples[0]);
        return [status, first?.value ?? null];
      }),
    ),
    uniqueBy: uniqueBy(contract, operation.requestBody?.content["application/json"].schema, ""),
  };
}

/**
 * What a caller must be allowed: the operation's own action, and those that the service performs in the caller's name. An
 * action that no source names cannot be asked of anybody.
 */
function permissionsOf({ "x-aps-authorization": authorization }: Operation): string[] {
  if (authorization === undefined) return [];
  return [authorization.action, ...authorization.dependencies].filter((action) => action.includes(":"));
}

/** Lists whose items must differ in one property; JSON Schema has no keyword for it. */
function uniqueBy(contract: Contract, schema: unknown, pointer: string): object[] {
  if (typeof schema !== "object" || schema === null) return [];
  const { "x-aps-unique-by": key, properties } = follow<{
    readonly "x-aps-unique-by"?: string;
    readonly properties?: Readonly<Record<string, unknown>>;
  }>(contract, schema);
  const inner = Object.entries(properties ?? {}).flatMap(([name, property]) =>
    uniqueBy(contract, property, `${pointer}/${name}`),
  );
  return key === undefined ? inner : [{ pointer, key }, ...inner];
}
