import {
  type Contract,
  type ErrorCode,
  methodName,
  operationsOf,
  type ResolvedOperation,
  successOf,
} from "./contract.ts";

/** The facts of the contract that the client needs at run time, as one module of constants. */
export function contractTable(aps: Contract, iam: Contract): string {
  const job = aps["x-aps-job"];
  const startedBy = new Set(Object.values(job.kinds).map((kind) => kind.startedBy));
  const operations = operationsOf(aps).map((resolved) => [
    methodName(resolved.operation.operationId),
    row(resolved, startedBy.has(resolved.operation.operationId)),
  ]);
  const iamPaths = operationsOf(iam).map(({ operation, path }) => [methodName(operation.operationId), path]);
  const codes = aps["x-aps-error-codes"];
  return [
    "// Made from the contract. Changes here are lost.",
    constant("contractVersion", aps.info.version),
    constant("operations", Object.fromEntries(operations)),
    constant("iamPaths", Object.fromEntries(iamPaths)),
    constant("regionHosts", regionHosts(aps)),
    constant("iamHosts", regionHosts(iam)),
    constant("iamGlobalHost", globalHost(iam)),
    constant("job", withoutProse(job)),
    constant("tokenCodes", unique(codes.filter(({ renewsToken }) => renewsToken).map(({ code }) => code))),
    codesByStatus(codes),
    "",
  ].join("\n");
}

function row({ method, path, operation }: ResolvedOperation, startsJob: boolean): object {
  const success = operation.responses[successOf(operation)];
  return {
    id: operation.operationId,
    method,
    path,
    answersJson: success?.content !== undefined,
    startsJob,
    action: operation["x-aps-authorization"]?.action ?? "unknown",
  };
}

/** Host by region: `https://appstream.{region}.example` with the regions of its variable. */
function regionHosts(contract: Contract): Record<string, string> {
  const hosts = contract.servers.flatMap(({ url, variables }) =>
    (variables?.region?.enum ?? []).map((region) => [region, url.replace("{region}", region)] as const),
  );
  return Object.fromEntries(hosts);
}

function globalHost(contract: Contract): string {
  const server = contract.servers.find(({ variables }) => variables?.region === undefined);
  if (server === undefined) throw new Error("The IAM document names no global host.");
  return server.url;
}

/** The codes of the catalogue by the status that they come with. A code of which the status is unknown comes with any. */
function codesByStatus(codes: readonly ErrorCode[]): string {
  const statuses = unique(codes.map(({ status }) => status)).filter((status) => typeof status === "number");
  const rows = statuses.map((status) => {
    const fitting = codes.filter((row) => row.status === status || typeof row.status !== "number");
    return `  readonly ${status}: ${union(fitting.map(({ code }) => code))};`;
  });
  return [
    "/** Codes of the contract's catalogue, by the status that they come with. */",
    `export interface ErrorCodesByStatus {\n${rows.join("\n")}\n}`,
    "/** A code of the contract's catalogue. */",
    `export type KnownErrorCode = ${union(codes.map(({ code }) => code))};`,
  ].join("\n");
}

function union(texts: readonly string[]): string {
  return unique(texts)
    .map((text) => JSON.stringify(text))
    .join(" | ");
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}

function withoutProse(job: object): object {
  return Object.fromEntries(Object.entries(job).filter(([key]) => key !== "description" && !key.startsWith("x-")));
}

function constant(name: string, value: unknown): string {
  return `export const ${name} = ${JSON.stringify(value, null, 2)} as const;`;
}
