import type { operations as Operations } from "./generated/aps.ts";
import { operations } from "./generated/contract.ts";
import type { Methods } from "./generated/methods.ts";
import type { OperationFacts } from "./operation.ts";
import { type Settings, watching } from "./settings.ts";
import { responseOf } from "./transport/answer.ts";
import { exchange, type MethodName, methodNames, type RequestParts, validate } from "./transport/http.ts";
import { refusal } from "./transport/refusal.ts";
import { notSent, type Send } from "./transport/send.ts";
import { within } from "./transport/within.ts";

/** What one call may set for itself. */
export interface CallOptions {
  /** Ends the call, which then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Time for one attempt, in milliseconds. Default: that of the client. */
  readonly timeoutMs?: number | undefined;
  /** Time for the call with all its attempts, in milliseconds. Default: that of the client. */
  readonly totalTimeoutMs?: number | undefined;
  /**
   * Awaited right before every attempt of a request that makes or changes something, for a fence or a note: whether it may
   * still be sent. It shares the time of the attempt. When it throws, nothing is sent, and the call ends with a
   * {@link NotSentError}. Requests that only read do not ask it.
   */
  readonly beforeSend?: (() => void | Promise<void>) | undefined;
  /** Further headers. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** A user token for this call only, instead of the client's credentials. */
  readonly token?: string | undefined;
  /**
   * Given the answer with its status and headers, before the call resolves or throws. It only watches: an exception that it
   * throws is ignored.
   */
  readonly onResponse?: ((response: Response) => void) | undefined;
}

type Id<Name extends MethodName> = (typeof operations)[Name]["id"];
type Operation<Name extends MethodName> = Id<Name> extends keyof Operations ? Operations[Id<Name>] : never;
type PathOf<Op> = Op extends { parameters: { path: infer Path } } ? Path : never;
type QueryOf<Op> = Op extends { parameters: { query?: infer Query } } ? Exclude<Query, undefined> : never;
type BodyOf<Op> = Op extends { requestBody: { content: { "application/json": infer Body } } } ? Body : never;

type PathArgument<Path> = Omit<Path, "project_id"> & { project_id?: string };
type OptionalIfEmpty<Key extends string, Value> = [Value] extends [never]
  ? { readonly [K in Key]?: never }
  : Record<string, never> extends Value
    ? { readonly [K in Key]?: Value }
    : { readonly [K in Key]: Value };

/** What a caller may give for a value: lists and objects that cannot be changed too, and undefined for what may be absent. */
type Given<Value> = Value extends object
  ? {
      readonly [K in keyof Value]: Given<Value[K]> | (Record<string, never> extends Pick<Value, K> ? undefined : never);
    }
  : Value;

/** The arguments of an operation, grouped as on the wire. `project_id` defaults to the client's project. */
export type ArgumentsOf<Name extends MethodName> = OptionalIfEmpty<
  "path",
  Given<PathArgument<PathOf<Operation<Name>>>>
> &
  OptionalIfEmpty<"query", Given<QueryOf<Operation<Name>>>> &
  OptionalIfEmpty<"body", Given<BodyOf<Operation<Name>>>>;

/** The body of an operation's success; undefined where it has none. */
export type ResultOf<Name extends MethodName> =
  Operation<Name> extends {
    responses: { 200: { content: { "application/json": infer Body } } };
  }
    ? Body
    : undefined;

/** A method of the client: the arguments of its operation, and what this one call sets for itself. */
export type Method<Name extends MethodName> =
  Record<string, never> extends ArgumentsOf<Name>
    ? (args?: ArgumentsOf<Name>, options?: CallOptions) => Promise<ResultOf<Name>>
    : (args: ArgumentsOf<Name>, options?: CallOptions) => Promise<ResultOf<Name>>;

/** Makes the methods from the table of operations. */
export function createMethods(settings: Settings, send: Send, projectId: () => Promise<string>): Methods {
  const entries = methodNames.map((name) => [
    name,
    (args: RequestParts = {}, options: CallOptions = {}) => call(name, operations[name], args, options),
  ]);
  return Object.fromEntries(entries) as unknown as Methods;

  async function call(name: MethodName, operation: OperationFacts, args: RequestParts, options: CallOptions) {
    const given = args.path?.project_id ?? settings.projectId;
    // A request that breaks a rule is refused before the project is looked up.
    const path = { ...args.path, project_id: given ?? unknownProject };
    const parts = { path, query: args.query, body: args.body };
    if (settings.validate) validate(name, parts);
    let sending = options;
    if (given === undefined) {
      const { signal, totalTimeoutMs = settings.totalTimeoutMs } = options;
      const startedAt = settings.monotonicNow();
      const late = notSent(operation, "project", totalTimeoutMs);
      path.project_id = await within(totalTimeoutMs, signal, late, projectId);
      sending = { ...options, totalTimeoutMs: totalTimeoutMs - (settings.monotonicNow() - startedAt) };
    }
    const answer = await exchange(settings, send, operation, parts, sending);
    watching(options.onResponse)?.(responseOf(answer));
    if (!answer.response.ok) throw refusal(operation, answer, settings.now());
    return operation.hasNoBody ? undefined : answer.body;
  }
}

/** Stands for a project that is looked up later; fits the rules of the contract for project ids. */
const unknownProject = "unknown";
