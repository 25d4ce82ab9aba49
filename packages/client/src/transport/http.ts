import type { Client as FetchClient } from "openapi-fetch";
import { ValidationError } from "../errors/validation-error.ts";
import type { paths } from "../generated/aps.ts";
import { operations } from "../generated/contract.ts";
import { requestSchemaOf } from "../generated/request-schemas.ts";
import { notListed, type OperationFacts } from "../operation.ts";
import type { Settings } from "../settings.ts";
import { check } from "../validation/check.ts";
import { issue } from "../validation/issue.ts";
import { type Answer, responseOf } from "./answer.ts";
import type { Send } from "./send.ts";
import { fillPath, fillQuery } from "./url.ts";

/** Name of a method of the client: an operationId in camelCase. */
export type MethodName = keyof typeof operations;

/** HTTP methods of the contract. */
type HttpMethod = (typeof operations)[MethodName]["method"];

/**
 * Calls by method and path, with the types and the results of openapi-fetch: `{ data, response }` or `{ error, response }`.
 * Taken from the options are `params`, `body`, `headers` and `signal`. Validation, retries and credentials are inside.
 */
export type Http = Pick<FetchClient<paths>, HttpMethod | "request">;

/** What a call may say beside its method and path. */
export interface ExchangeInit {
  readonly params?: RequestParts & { readonly header?: Readonly<Record<string, string>> };
  readonly body?: unknown;
  readonly headers?: RequestInit["headers"];
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number | undefined;
  readonly totalTimeoutMs?: number | undefined;
  readonly token?: string | undefined;
}

/** Makes `client.http`. */
export function createHttp(settings: Settings, send: Send): Http {
  const request = async (method: string, path: string, init: ExchangeInit = {}) => {
    const name = methodNames.get(`${method} ${path}`);
    if (name !== undefined && settings.validate) validate(name, { ...init.params, body: init.body });
    const operation = name === undefined ? notListed(method, path) : operations[name];
    const answer = await exchange(settings, send, operation, init);
    const response = responseOf(answer);
    return response.ok ? { data: answer.body, response } : { error: answer.body, response };
  };
  const byMethod = Object.values(operations).map(({ method }) => [
    method,
    (path: string, init?: ExchangeInit) => request(method, path, init),
  ]);
  return { request, ...Object.fromEntries(byMethod) } as unknown as Http;
}

/** Sends one request that has been held against the contract. */
export function exchange(
  settings: Settings,
  send: Send,
  operation: OperationFacts,
  { params = {}, body, headers: given, ...limits }: ExchangeInit,
): Promise<Answer> {
  const query = fillQuery(params.query);
  const headers: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
  for (const part of [params.header, given]) if (part !== undefined) addHeaders(headers, operation, part);
  return send(
    {
      operation,
      url: `${settings.endpoint}${fillPath(operation.path, params.path)}${query === "" ? "" : `?${query}`}`,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      ...limits,
      token: limits.token ?? headers["x-auth-token"],
    },
    params.path?.project_id as string | undefined,
  );
}

/** @throws ValidationError for a header that HTTP cannot carry; the error of the platform would show its value. */
function addHeaders(headers: Record<string, string>, { id }: OperationFacts, given: RequestInit["headers"] = {}): void {
  try {
    for (const [name, value] of new Headers(given)) headers[name] = value;
  } catch {
    throw new ValidationError(id, [
      issue("/headers", "format", undefined, undefined, "hold a name or a value that HTTP cannot carry"),
    ]);
  }
}

const methodNames = new Map(
  Object.entries(operations).map(([name, { method, path }]) => [`${method} ${path}`, name as MethodName]),
);

/** The three places of a request that the contract bounds. */
export interface RequestParts {
  readonly path?: Readonly<Record<string, unknown>> | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
}

/**
 * Holds a request against the contract.
 *
 * @throws ValidationError with every rule that it breaks.
 */
export function validate(name: MethodName, { path = {}, query = {}, body }: RequestParts): void {
  const schema = requestSchemaOf(name);
  if (schema === undefined) return;
  const issues = check(schema, { path, query, body });
  if (issues.length > 0) throw new ValidationError((operations[name] as OperationFacts).id, issues);
}
