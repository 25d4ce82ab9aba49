import { follow, operationsOf as placedOperations } from "@workspace-aps/spec/document";

/** The parts of the bundled OpenAPI documents that the generators read. */
export interface Contract {
  readonly paths: object;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface Operation {
  readonly operationId: string;
  readonly security?: readonly unknown[];
  readonly requestBody?: { readonly required?: boolean; readonly content: JsonContent };
  readonly responses: Readonly<Record<string, Referable<ResponseObject>>>;
  readonly "x-aps-authorization"?: { readonly action: string; readonly dependencies: readonly string[] };
  readonly "x-aps-rate-limit"?: string;
  readonly "x-aps-preconditions"?: Readonly<Record<string, readonly string[]>>;
}

export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required?: boolean;
  readonly schema: Schema;
}

export interface ResponseObject {
  readonly content?: JsonContent;
  readonly headers?: Readonly<Record<string, unknown>>;
}

export interface JsonContent {
  readonly "application/json": {
    readonly schema: Schema;
    readonly examples?: Readonly<Record<string, Referable<{ readonly value: unknown }>>>;
  };
}

export type Schema = Readonly<Record<string, unknown>>;
export type Referable<T> = T | { readonly $ref: string };

/** One operation with the parameters of its path merged in and its references followed. */
export interface ResolvedOperation {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
  readonly parameters: readonly Parameter[];
  readonly responses: Readonly<Record<string, ResponseObject>>;
}

/** Every operation of a document. */
export function operationsOf(contract: Contract): ResolvedOperation[] {
  return placedOperations<Operation, Parameter>(contract).map((one) => {
    const responses = Object.entries(one.operation.responses).map(([status, response]) => [
      status,
      follow<ResponseObject>(contract, response),
    ]);
    return { ...one, method: one.method.toUpperCase(), responses: Object.fromEntries(responses) };
  });
}
