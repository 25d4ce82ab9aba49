import type { operations as Operations } from "./generated/aps.ts";
import type * as constants from "./generated/operations.ts";

/** Name of a method: an operationId in camelCase. */
export type MethodName = keyof typeof constants;

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
  /**
   * Told each time that the service throttles the call, with the milliseconds until it is sent again by itself. It only watches:
   * an exception that it throws is ignored.
   */
  readonly onThrottled?: ((delayMs: number) => void) | undefined;
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

type Typed<Name extends MethodName> = Operations[(typeof constants)[Name]["id"]];
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

type Arguments<Op> = OptionalIfEmpty<"path", Given<PathArgument<PathOf<Op>>>> &
  OptionalIfEmpty<"query", Given<QueryOf<Op>>> &
  OptionalIfEmpty<"body", Given<BodyOf<Op>>>;

type Result<Op> = Op extends { responses: { 200: { content: { "application/json": infer Body } } } } ? Body : undefined;

/** The method of an operation of openapi-typescript's table: its arguments, and what this one call sets for itself. */
export type MethodOf<Op> =
  Record<string, never> extends Arguments<Op>
    ? (args?: Arguments<Op>, options?: CallOptions) => Promise<Result<Op>>
    : (args: Arguments<Op>, options?: CallOptions) => Promise<Result<Op>>;

/** The arguments of an operation, grouped as on the wire. `project_id` defaults to the client's project. */
export type ArgumentsOf<Name extends MethodName> = Arguments<Typed<Name>>;

/** The body of an operation's success; undefined where it has none. */
export type ResultOf<Name extends MethodName> = Result<Typed<Name>>;

/** A method of the client. */
export type Method<Name extends MethodName> = MethodOf<Typed<Name>>;
