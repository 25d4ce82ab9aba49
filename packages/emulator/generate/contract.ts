/** The parts of the bundled OpenAPI documents that the generators read. */
export interface Contract {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface Operation {
  readonly operationId: string;
  readonly security?: readonly unknown[];
  readonly parameters?: readonly Referable<Parameter>[];
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

const methods = ["get", "put", "post", "delete", "patch"];

/** Every operation of a document. */
export function operationsOf(contract: Contract): ResolvedOperation[] {
  return Object.entries(contract.paths).flatMap(([path, item]) =>
    methods
      .filter((method) => item[method] !== undefined)
      .map((method) => {
        const operation = item[method] as Operation;
        const shared = (item.parameters ?? []) as readonly Referable<Parameter>[];
        const responses = Object.entries(operation.responses).map(([status, response]) => [
          status,
          follow(contract, response),
        ]);
        return {
          method: method.toUpperCase(),
          path,
          operation,
          parameters: [...shared, ...(operation.parameters ?? [])].map((parameter) => follow(contract, parameter)),
          responses: Object.fromEntries(responses),
        };
      }),
  );
}

/** What a reference leads to, or the value itself. */
export function follow<T>(contract: Contract, value: Referable<T>): T {
  if (typeof value !== "object" || value === null || !("$ref" in value)) return value as T;
  const [kind, name] = value.$ref.replace("#/components/", "").split("/") as [string, string];
  const found = contract.components[kind]?.[name];
  if (found === undefined) throw new Error(`The contract has no ${value.$ref}.`);
  return found as T;
}
