import type { Client as FetchClient } from "openapi-fetch";
import { ValidationError } from "../errors/validation-error.ts";
import type { paths } from "../generated/aps.ts";
import { operations } from "../generated/contract.ts";
import { requestSchemaOf } from "../generated/request-schemas.ts";
import { notListed, type OperationFacts } from "../operation.ts";
import type { Settings } from "../settings.ts";
import { check } from "../validation/check.ts";
import { parseJson } from "./body.ts";
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
  readonly params?: RequestParts & { readonly header?: Readonly<Record<string, unknown>> };
  readonly body?: unknown;
  readonly headers?: RequestInit["headers"];
  readonly signal?: AbortSignal | undefined;
  readonly timeoutMs?: number | undefined;
  readonly totalTimeoutMs?: number | undefined;
  readonly token?: string | undefined;
}

/** An answer, with its body parsed as `data` or as `error`. */
export interface Exchange {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

/** Makes `client.http`. */
export function createHttp(settings: Settings, send: Send): Http {
  const request = async (method: string, path: string, init: ExchangeInit = {}) => {
    const name = methodNames.get(`${method} ${path}`);
    if (name !== undefined && settings.validate) validate(name, { ...init.params, body: init.body });
    return exchange(settings, send, name === undefined ? notListed(method, path) : operations[name], init);
  };
  const byMethod = Object.values(operations).map(({ method }) => [
    method,
    (path: string, init?: ExchangeInit) => request(method, path, init),
  ]);
  return { request, ...Object.fromEntries(byMethod) } as unknown as Http;
}

/** Sends one request that has been held against the contract, and parses the answer. */
export async function exchange(
  settings: Settings,
  send: Send,
  operation: OperationFacts,
  init: ExchangeInit,
): Promise<Exchange> {
  const { params = {}, body } = init;
  const query = fillQuery(params.query);
  const response = await send(
    {
      operation,
      url: `${settings.endpoint}${fillPath(operation.path, params.path)}${query === "" ? "" : `?${query}`}`,
      headers: headersOf(body, params.header, init.headers),
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: init.signal,
      timeoutMs: init.timeoutMs,
      totalTimeoutMs: init.totalTimeoutMs,
      token: init.token,
    },
    params.path?.project_id as string | undefined,
  );
  if (response.ok) return { data: await response.json(), response };
  const text = await response.text();
  try {
    return { error: parseJson(text), response };
  } catch {
    return { error: text, response };
  }
}

function headersOf(
  body: unknown,
  parameters: Readonly<Record<string, unknown>> = {},
  given: RequestInit["headers"],
): Record<string, string> {
  const headers: Record<string, string> = body === undefined ? {} : { "content-type": "application/json" };
  for (const name in parameters) {
    if (parameters[name] !== undefined) headers[name.toLowerCase()] = String(parameters[name]);
  }
  if (given !== undefined) for (const [name, value] of new Headers(given)) headers[name] = value;
  return headers;
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
