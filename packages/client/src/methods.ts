import type { operations as Operations } from "./generated/aps.ts";
import { job, operations } from "./generated/contract.ts";
import type { OperationFacts } from "./operation.ts";
import type { Settings } from "./settings.ts";
import { exchange, type MethodName, type RequestParts, validate } from "./transport/http.ts";
import { refusal, unreadable } from "./transport/refusal.ts";
import type { Send } from "./transport/send.ts";

/** What one call may set for itself. */
export interface CallOptions {
  /** Ends the call, which then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Time for one attempt, in milliseconds. Default: that of the client. */
  readonly timeoutMs?: number | undefined;
  /** Time for the call with all its attempts, in milliseconds. Default: that of the client. */
  readonly totalTimeoutMs?: number | undefined;
  /** Further headers. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** A user token for this call only, instead of the client's credentials. */
  readonly token?: string | undefined;
  /** Given the answer with its status and headers, before the call resolves or throws. */
  readonly onResponse?: ((response: Response) => void) | undefined;
}

type Id<Name extends MethodName> = (typeof operations)[Name]["id"];
type Operation<Name extends MethodName> = Id<Name> extends keyof Operations ? Operations[Id<Name>] : never;
type PathOf<Op> = Op extends { parameters: { path: infer Path } } ? Path : never;
type QueryOf<Op> = Op extends { parameters: { query?: infer Query } } ? Exclude<Query, undefined> : never;
type BodyOf<Op> = Op extends { requestBody: { content: { "application/json": infer Body } } } ? Body : never;

type PathArgument<Path> = Omit<Path, "project_id"> & { project_id?: string };
type OptionalIfEmpty<Key extends string, Value> = [Value] extends [never]
  ? { [K in Key]?: never }
  : Record<string, never> extends Value
    ? { [K in Key]?: Value }
    : { [K in Key]: Value };

/** The arguments of an operation, grouped as on the wire. `project_id` defaults to the client's project. */
export type ArgumentsOf<Name extends MethodName> = OptionalIfEmpty<"path", PathArgument<PathOf<Operation<Name>>>> &
  OptionalIfEmpty<"query", QueryOf<Operation<Name>>> &
  OptionalIfEmpty<"body", BodyOf<Operation<Name>>>;

/** The body of an operation's success; undefined where it has none. */
export type ResultOf<Name extends MethodName> =
  Operation<Name> extends {
    responses: { 200: { content: { "application/json": infer Body } } };
  }
    ? Body
    : undefined;

type Method<Name extends MethodName> =
  Record<string, never> extends ArgumentsOf<Name>
    ? (args?: ArgumentsOf<Name>, options?: CallOptions) => Promise<ResultOf<Name>>
    : (args: ArgumentsOf<Name>, options?: CallOptions) => Promise<ResultOf<Name>>;

/** One method per operation of the contract, named by its operationId in camelCase. */
export type Methods = { readonly [Name in MethodName]: Method<Name> };

/** Makes the methods from the table of operations. */
export function createMethods(settings: Settings, send: Send, projectId: () => Promise<string>): Methods {
  const entries = Object.entries(operations).map(([name, facts]) => [
    name,
    (args: RequestParts = {}, options: CallOptions = {}) => call(name as MethodName, facts, args, options),
  ]);
  return Object.fromEntries(entries) as Methods;

  async function call(name: MethodName, operation: OperationFacts, args: RequestParts, options: CallOptions) {
    const given = args.path?.project_id ?? settings.projectId;
    // A request that breaks a rule is refused before the project is looked up.
    const path = { ...args.path, project_id: given ?? unknownProject };
    const { query, body } = args;
    if (settings.validate) validate(name, { path, query, body });
    if (given === undefined) path.project_id = await projectId();
    const { headers, signal, timeoutMs, totalTimeoutMs, token } = options;
    const sent = { params: { path, query }, body, headers, signal, timeoutMs, totalTimeoutMs, token };
    const { data, error, response } = await exchange(settings, send, operation, sent);
    options.onResponse?.(response);
    if (!response.ok) throw refusal(operation, response, error, settings.now());
    if (operation.answersJson && (typeof data !== "object" || data === null)) {
      throw unreadable(operation, response, data, "the body is empty or not an object");
    }
    if (operation.startsJob && typeof startedJobId(data) !== "string") {
      throw unreadable(operation, response, JSON.stringify(data), "the body names no job");
    }
    return operation.answersJson ? data : undefined;
  }
}

/** Stands for a project that is looked up later; fits the rules of the contract for project ids. */
const unknownProject = "unknown";

/** The id of the job in the answer of an operation that starts one. */
function startedJobId(body: unknown): unknown {
  return (body as Readonly<Record<string, unknown>>)[job.startedJobId.slice(1)];
}
