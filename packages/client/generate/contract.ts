import { operationsOf as placedOperations } from "@workspace-aps/spec/document";

/** The parts of the bundled OpenAPI documents that the generators read. */
export interface Contract {
  readonly info: { readonly version: string };
  readonly servers: readonly Server[];
  readonly paths: object;
  readonly components: {
    readonly schemas: Readonly<Record<string, Schema>>;
    readonly parameters: Readonly<Record<string, Parameter>>;
  };
  readonly "x-aps-job": {
    readonly image: Job & { readonly kinds: { readonly CREATE_SERVER_IMAGE: JobKind } };
    readonly server: Job & {
      readonly kinds: { readonly CHANGE_SERVER_IMAGE: JobKind };
      readonly server: ServerFacts;
    };
  };
  readonly "x-aps-error-codes": readonly ErrorCode[];
}

export interface Server {
  readonly url: string;
  readonly variables?: { readonly region?: { readonly enum: readonly string[] } };
}

export interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly description: string;
  readonly requestBody?: {
    readonly required?: boolean;
    readonly content: { readonly "application/json": { readonly schema: Schema } };
  };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>;
  readonly "x-aps-authorization"?: { readonly action: string };
  /** Where an operation on several things at once takes their ids, and says what became of each. JSON pointers. */
  readonly "x-aps-batch"?: { readonly ids: string; readonly answers?: Readonly<Record<string, string>> };
}

export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required?: boolean;
  readonly schema: Schema;
}

export type Schema = { readonly [keyword: string]: unknown };

/** How asynchronous work behaves. */
export interface Job {
  readonly startedJobId: string;
  readonly show: { readonly parameter: string };
  readonly states: unknown;
  readonly subJobs: Readonly<Record<string, unknown>> & { readonly states: Readonly<Record<string, unknown>> };
  readonly pace: unknown;
  readonly kinds: Readonly<Record<string, JobKind>>;
}

export interface JobKind {
  readonly startedBy: string;
  readonly typicalSeconds: number;
  readonly limitSeconds: number;
  readonly server: {
    readonly allowed?: readonly string[];
    readonly during?: string;
    readonly after?: string;
    readonly failed?: string;
  };
  /** Of an application server: the machine underneath. */
  readonly machine?: { readonly after: string; readonly failed: string };
}

/** Where a server shows its last job, and what its machine does. */
export interface ServerFacts {
  readonly lastJob: Readonly<Record<string, string>>;
  readonly machine: { readonly idleTasks: readonly string[] };
}

export interface ErrorCode {
  readonly code: string;
  readonly status: number | "unknown";
  readonly origin: string;
  readonly retryable: boolean;
  readonly renewsToken?: true;
}

/** One operation with the parameters of its path merged in. */
export interface ResolvedOperation {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
  readonly parameters: readonly Parameter[];
}

/** Every operation of a document, in the order of its paths. */
export function operationsOf(contract: Contract): ResolvedOperation[] {
  return placedOperations<Operation, Parameter>(contract).map((one) => ({ ...one, method: one.method.toUpperCase() }));
}

/** The status of success of an operation; each has exactly one. */
export function successOf(operation: Operation): string {
  const status = Object.keys(operation.responses).find((code) => code.startsWith("2"));
  if (status === undefined) throw new Error(`${operation.operationId} documents no success.`);
  return status;
}

/** The name of an operation's method: its operationId in camelCase. */
export function methodName(operationId: string): string {
  return operationId.charAt(0).toLowerCase() + operationId.slice(1);
}
