import { follow } from "@workspace-aps/spec/document";
import {
  type Contract,
  type ErrorCode,
  type Job,
  methodName,
  operationsOf,
  type Schema,
  type Server,
} from "./contract.ts";
import { factsOf } from "./operations.ts";

/**
 * The facts of the contract that the client needs at run time, as one module of constants. Only those, because every program
 * that uses the client carries them.
 */
export function contractTable(aps: Contract, iam: Contract): string {
  const iamOperations = operationsOf(iam).map((resolved) =>
    constant(methodName(resolved.operation.operationId), factsOf(resolved, false)),
  );
  const codes = aps["x-aps-error-codes"];
  return [
    "// Made from the contract. Changes here are lost.",
    "/** Version of the contract that the client was made from, which is that of the client too. */",
    constant("contractVersion", aps.info.version),
    ...iamOperations,
    constant(
      "servers",
      serversOf(aps, () => true),
    ),
    // IAM is looked for in the regions of the service only.
    constant(
      "iamServers",
      serversOf(iam, (region) => regionsOf(aps).includes(region)),
    ),
    constant("job", imageJobs(aps["x-aps-job"].image)),
    constant("serverJob", serverJobs(aps["x-aps-job"].server)),
    "/** The most items that a list of the service gives at once. */",
    constant("largestPage", aps.components.parameters.Limit?.schema.maximum),
    constant("batches", Object.fromEntries(batchesOf(aps))),
    constant("tokenCodes", unique(codes.filter(({ renewsToken }) => renewsToken).map(({ code }) => code))),
    codesByStatus(codes),
    "",
  ].join("\n");
}

/** Base URLs, with the regions that stand for `{region}` in one text. A URL without regions is the global one. */
export function serversOf(contract: Contract, isWanted: (region: string) => boolean): object[] {
  return contract.servers.map((server) => ({ url: server.url, regions: regionsIn(server).filter(isWanted).join(" ") }));
}

export function regionsOf(contract: Contract): string[] {
  return contract.servers.flatMap(regionsIn);
}

function regionsIn({ variables }: Server): readonly string[] {
  return variables?.region?.enum ?? [];
}

/** What the client uses of the annotation of a family of jobs. */
function usedOf({ startedJobId, show, states, subJobs, pace }: Job): object {
  const { items, status, resourceId, resourceName, errorCode, errorMessage } = subJobs;
  const { done, failed } = subJobs.states;
  return {
    startedJobId,
    parameter: show.parameter,
    states,
    subJobs: { items, status, states: { done, failed }, resourceId, resourceName, errorCode, errorMessage },
    pace,
  };
}

function imageJobs(family: Contract["x-aps-job"]["image"]): object {
  const { limitSeconds, server } = family.kinds.CREATE_SERVER_IMAGE;
  const kinds = { CREATE_SERVER_IMAGE: { limitSeconds, server: { allowed: server.allowed, during: server.during } } };
  return { ...usedOf(family), kinds };
}

function serverJobs(family: Contract["x-aps-job"]["server"]): object {
  const kinds = Object.entries(family.kinds).map(([type, { server, machine, typicalSeconds, limitSeconds }]) => [
    type,
    {
      typicalSeconds,
      limitSeconds,
      server: { after: server.after, failed: server.failed },
      machine: { after: machine?.after, failed: machine?.failed },
    },
  ]);
  return { ...usedOf(family), kinds: Object.fromEntries(kinds), idleTasks: family.server.machine.idleTasks };
}

/** The operations on several things at once, by method: where their ids stand, how many there may be, and the answers. */
function batchesOf(aps: Contract): [string, object][] {
  return operationsOf(aps).flatMap(({ operation }) => {
    const batch = operation["x-aps-batch"];
    if (batch === undefined) return [];
    const body = follow<Schema>(aps, operation.requestBody?.content["application/json"].schema);
    const name = batch.ids.slice(1);
    const { maxItems } = follow<Schema>(aps, (body.properties as Readonly<Record<string, Schema>>)[name]);
    return [[methodName(operation.operationId), { ids: name, size: maxItems, answers: batch.answers }]];
  });
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

function constant(name: string, value: unknown): string {
  return `export const ${name} = ${JSON.stringify(value, null, 2)} as const;`;
}
