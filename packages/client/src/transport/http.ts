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
import type { Limits } from "./outgoing-request.ts";
import type { Send } from "./send.ts";
import { fillPath, fillQuery } from "./url.ts";

/** Name of a method of the client: an operationId in camelCase. */
export type MethodName = keyof typeof operations;

/** Names of all methods. */
export const methodNames = Object.keys(operations) as MethodName[];

/** HTTP methods of the contract. */
type HttpMethod = (typeof operations)[MethodName]["method"];

/**
 * Calls by method and path, with the types and the results of openapi-fetch: `{ data, response }` or `{ error, response }`.
 * Taken from the options are `params`, `body`, `headers` and `signal`. Validation, retries and credentials are inside.
 */
export type Http = Pick<FetchClient<paths>, HttpMethod | "request">;

/** What one call says beside what the contract bounds. */
interface Sending extends Limits {
  readonly headers?: RequestInit["headers"] | undefined;
  readonly token?: string | undefined;
}

interface HttpInit extends Sending {
  readonly params?: Omit<RequestParts, "body">;
  readonly body?: unknown;
}

/** Makes `client.http`. */
export function createHttp(settings: Settings, send: Send): Http {
  const request = async (given: string, path: string, init: HttpInit = {}) => {
    // The types of openapi-fetch spell it in lower case.
    const method = given.toUpperCase();
    const name = methodNames.find((known) => operations[known].method === method && operations[known].path === path);
    const operation = name === undefined ? notListed(method, path) : operations[name];
    const parts = { ...init.params, body: init.body };
    if (name !== undefined && settings.validate) validate(name, parts);
    const answer = await exchange(settings, send, operation, parts, init);
    const response = responseOf(answer);
    return response.ok ? { data: answer.body, response } : { error: answer.body, response };
  };
  const byMethod = methodNames.map((name) => {
    const { method } = operations[name];
    return [method, (path: string, init?: HttpInit) => request(method, path, init)];
  });
  return { request, ...Object.fromEntries(byMethod) } as unknown as Http;
}

/** Sends one request that has been held against the contract. */
export function exchange(
  settings: Settings,
  send: Send,
  operation: OperationFacts,
  { path, query, body, header }: RequestParts,
  sending: Sending,
): Promise<Answer> {
  const search = fillQuery(query);
  const headers: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
  // An object of headers would send the word for what is undefined.
  for (const name in header) if (header[name] !== undefined) addHeaders(headers, operation, { [name]: header[name] });
  if (sending.headers !== undefined) addHeaders(headers, operation, sending.headers);
  const url = `${settings.endpoint}${fillPath(operation.path, path)}${search === "" ? "" : `?${search}`}`;
  return send(
    {
      operation,
      url,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      token: sending.token ?? headers["x-auth-token"],
      limits: sending,
    },
    path?.project_id as string | undefined,
  );
}

/** @throws ValidationError for a header that HTTP cannot carry; the error of the platform would show its value. */
function addHeaders(
  headers: Record<string, string>,
  { id }: OperationFacts,
  given: NonNullable<RequestInit["headers"]>,
): void {
  try {
    for (const [name, value] of new Headers(given)) headers[name] = value;
  } catch {
    throw new ValidationError(id, [
      issue("/headers", "format", undefined, undefined, "hold a name or a value that HTTP cannot carry"),
    ]);
  }
}

/** The places of a request that the contract bounds; a header parameter is a credential, and not held against it. */
export interface RequestParts {
  readonly path?: Readonly<Record<string, unknown>> | undefined;
  readonly query?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
  readonly header?: Readonly<Record<string, string | undefined>> | undefined;
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
