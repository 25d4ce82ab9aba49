import { readFile } from "node:fs/promises";
import type { Change } from "./change.ts";

/** One operation, with what leads a reader to it. */
export interface OperationName {
  readonly operationId: string;
  readonly method: string;
  readonly path: string;
}

const methods = ["get", "put", "post", "delete", "patch"];

/** The operations of a bundle. */
export async function operationsIn(bundle: string): Promise<OperationName[]> {
  const { paths } = JSON.parse(await readFile(bundle, "utf8")) as {
    paths: Record<string, Record<string, { operationId: string }>>;
  };
  return Object.entries(paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method];
      return operation === undefined ? [] : [{ operationId: operation.operationId, method, path }];
    }),
  );
}

/** The ids of the operations that a change is about; all of them for a change that belongs to no path. */
export function affectedBy({ pointer }: Change, operations: readonly OperationName[]): string[] {
  const [, root, path, method] = pointer.split("/").map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  if (root !== "paths") return operations.map(({ operationId }) => operationId);
  return operations
    .filter((operation) => operation.path === path && (!methods.includes(method ?? "") || operation.method === method))
    .map(({ operationId }) => operationId);
}

/** The name of an operation's method in the client: its id in camelCase. */
export function methodName(operationId: string): string {
  return operationId.charAt(0).toLowerCase() + operationId.slice(1);
}

/** The page of an operation in the documentation. */
export function pageOf(operationId: string): string {
  return `/reference/${operationId.replace(/(?!^)[A-Z]/g, "-$&").toLowerCase()}/`;
}
