/** A schema of the contract, with references still in it. */
export type Schema = Readonly<Record<string, unknown>>;

/** Where a fact comes from, and how sure it is. */
export interface Source {
  readonly source: readonly string[];
  readonly date: string;
  readonly confidence: "high" | "medium" | "low";
}

/** A contradiction in the vendor's documents, and what was decided. */
export interface Quirk {
  readonly id: string;
  readonly says: string;
  readonly decision: string;
  readonly reason: string;
}

/** A code that the service, the gateway, IAM or the image service answers with. */
export interface ErrorCode {
  readonly code: string;
  readonly status: number | "unknown";
  readonly origin: "service" | "gateway" | "iam" | "image-service";
  readonly meaning: string;
  readonly causes?: string;
  readonly remedy: string;
  readonly retryable: boolean;
  readonly source: string;
  readonly confidence: Source["confidence"];
}

/** How one kind of job goes on. */
export interface JobKind {
  readonly startedBy: string;
  readonly startedInBatchesBy?: string;
  readonly produces: "image server" | "image" | "application server" | "nothing";
  readonly server: ServerDuringJob;
  /** What the machine underneath goes through. */
  readonly machine?: { readonly during: string; readonly after: string; readonly failed: string };
  readonly typicalSeconds: number;
  readonly limitSeconds: number;
}

/** The states of the server that a job works on. What is left out is unknown, or there is no server yet. */
export interface ServerDuringJob {
  readonly allowed?: readonly string[];
  readonly during?: string;
  readonly after: string;
  readonly failed?: string;
}

/** A service whose calls are in the contract: Application Streaming, or the image service. */
export type Service = "streaming" | "images";

/** A bundled document: the calls of one service. */
export interface ServiceDocument {
  readonly info: { readonly version: string; readonly description: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly tags: readonly { readonly name: string; readonly "x-displayName": string }[];
  readonly servers: readonly Server[];
}

/** The document of Application Streaming, with what is stated once for all services. */
export interface Contract extends ServiceDocument {
  readonly "x-aps-sources": Readonly<Record<string, { readonly title: string; readonly date: string }>>;
  readonly "x-aps-error-codes": readonly ErrorCode[];
  /** How jobs behave, by family. */
  readonly "x-aps-job": Readonly<Record<JobFamilyName, JobFamily>>;
}

/** Jobs of image servers, or of application servers. */
export type JobFamilyName = "image" | "server";

/** How the jobs of one family behave. */
export interface JobFamily {
  readonly show: { readonly operationId: string };
  readonly list?: { readonly operationId: string };
  readonly states: Readonly<Record<"waiting" | "done" | "failed", readonly string[]>>;
  readonly subJobs: {
    readonly list: { readonly operationId: string };
    readonly count: { readonly operationId: string };
    readonly delete?: { readonly operationId: string };
    readonly states: Readonly<Record<"waiting" | "done" | "failed", readonly string[]>>;
  };
  readonly pace: { readonly firstLookSeconds: number; readonly intervalSeconds: number };
  readonly kinds: Readonly<Record<string, JobKind>>;
}

/** Where the service is, in one region or in several. */
export interface Server {
  readonly url: string;
  readonly variables?: { readonly region?: { readonly enum: readonly string[] } };
}

/** What a reference leads to, or the value itself. Facts beside the reference win. */
export function follow<T>(contract: Pick<ServiceDocument, "components">, value: unknown): T {
  const { $ref, ...beside } = (value ?? {}) as { readonly $ref?: string };
  if ($ref === undefined) return value as T;
  const [kind, name] = $ref.replace("#/components/", "").split("/") as [string, string];
  const target = contract.components[kind]?.[name];
  if (target === undefined) throw new Error(`The contract has no ${$ref}.`);
  return { ...(follow<object>(contract, target) as object), ...beside } as T;
}
