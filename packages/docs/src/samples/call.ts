import type { OperationView } from "../contract/operations.ts";

/** What a sample needs to know of an operation. */
export type SampledOperation = Pick<OperationView, "id" | "service" | "method" | "path">;

/** The client's method for an operation. */
export function methodNameOf({ id }: Pick<OperationView, "id">): string {
  return id.charAt(0).toLowerCase() + id.slice(1);
}

/** The arguments of a call, by place. */
export interface Call {
  /** Values of the path after the project. */
  readonly path: Record<string, unknown>;
  readonly query: Record<string, unknown>;
  readonly body: Record<string, unknown> | undefined;
}

/** A call as the client takes it, without a body where there is none. */
export function requestOf({ path, query, body }: Call) {
  return { path, query, ...(body === undefined ? {} : { body }) };
}

/** Fills an operation's arguments with the contract's examples: what the path and the query require, and the first body. */
export function exampleCall(operation: OperationView): Call {
  const of = (place: string) =>
    operation.parameters
      .filter((field) => field.place === place && field.required && field.name !== "project_id")
      .map((field) => [field.name, JSON.parse(field.example ?? "null")] as const);
  const [body] = operation.body?.examples ?? [];
  return {
    path: Object.fromEntries(of("path")),
    query: Object.fromEntries(of("query")),
    body: body === undefined ? undefined : JSON.parse(body.json),
  };
}
