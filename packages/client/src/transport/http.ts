import createFetchClient, { type Client as FetchClient, type Middleware } from "openapi-fetch";
import type { paths } from "../generated/aps.ts";
import { notListed, type Operation, type RequestParts } from "../operation.ts";
import type { Settings } from "../settings.ts";
import { validate } from "../validation/validate.ts";
import { type GivenHeaders, holdCarried } from "./carried-headers.ts";
import { endpointOf } from "./endpoint.ts";
import { LightRequest } from "./light-request.ts";
import type { Limits } from "./outgoing-request.ts";
import { fillPath, fillQuery } from "./path.ts";
import { responseOf, wholeResponseOf } from "./read-answer.ts";
import type { Send } from "./send.ts";

/**
 * Calls by method and path: an openapi-fetch client over the contract's paths. Credentials, time limits, retries, and the rules
 * for redirects and answers are in its `fetch`; the rules of the contract in a middleware. A `fetch` that is given to one call stands
 * for all that is in the client's.
 */
export type Http = FetchClient<paths>;

/** What one call says beside what the contract bounds. */
export interface Sending extends Limits {
  readonly headers?: Readonly<Record<string, string | undefined>> | undefined;
  readonly token?: string | undefined;
}

/** What became of a call by path. */
export interface Result {
  readonly data?: unknown;
  readonly error?: unknown;
  readonly response: Response;
}

/** Calls an operation, whose request has been held against the contract, through `client.http`. */
export type Exchange = (
  operation: Operation,
  parts: RequestParts,
  sending: Sending,
  projectId: string | undefined,
) => Promise<Result>;

type AnyRequest = (method: string, path: string, init: object) => Promise<Result>;

/**
 * Makes `client.http`, and what calls operations through it.
 *
 * @param known the operations whose rules calls by path are held against.
 */
export function createHttp(settings: Settings, send: Send, known: readonly Operation[]): [Http, Exchange] {
  const create = () =>
    createFetchClient<paths>({
      baseUrl: settings.endpoint,
      pathSerializer: fillPath,
      querySerializer: fillQuery,
      redirect: "manual",
      fetch: (request) => sendRequest(request),
    });
  const http = create();
  http.use(holdAgainst(settings, known));
  // What no middleware of a user may look at needs none, and no whole request.
  const { request: unwatched } = create();
  let isWatched = false;
  const { use, request } = http;
  holdHeaders(http);
  http.use = (...middleware) => {
    use(...middleware);
    isWatched = true;
  };
  const exchange: Exchange = (operation, { path, query, body }, sending, projectId) => {
    const { headers, signal } = sending;
    holdCarried(operation.id, headers);
    const call: object = {
      params: { path, query },
      body,
      headers,
      signal,
      baseUrl: endpointOf(settings, operation),
      fetch: (request: Request | LightRequest) => sendRequest(request, { operation, sending, projectId }),
      ...(isWatched ? {} : { Request: LightRequest }),
    };
    return ((isWatched ? request : unwatched) as AnyRequest)(operation.method, operation.path, call);
  };
  return [http, exchange];

  async function sendRequest(request: Request | LightRequest, call?: Call): Promise<Response> {
    const { url } = request;
    const { operation, sending, projectId } = call ?? callAt(settings, known, request as Request);
    const headers = Object.fromEntries(request.headers);
    const body = request instanceof LightRequest ? request.body : await textOf(request);
    const token = sending.token ?? headers["x-auth-token"];
    const answer = await send({ operation, url, headers, body, token, limits: sending }, projectId);
    return request instanceof LightRequest ? responseOf(answer) : wholeResponseOf(answer);
  }
}

interface Call {
  readonly operation: Operation;
  readonly sending: Sending;
  readonly projectId: string | undefined;
}

/** Holds calls by path against the contract; those of operations have been. */
function holdAgainst({ validate: isWanted }: Settings, known: readonly Operation[]): Middleware {
  return {
    async onRequest({ request, schemaPath, params }) {
      if (!isWanted) return;
      const operation = known.find(({ method, path }) => method === request.method && path === schemaPath);
      if (operation === undefined) return;
      const text = await textOf(request.clone());
      validate(operation, { path: params.path, query: params.query, body: text && parsed(text) });
    },
  };
}

const methods = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE", "request"] as const;

/** What a call by path says of headers. */
interface HeaderParts {
  readonly headers?: GivenHeaders;
  readonly params?: { readonly header?: GivenHeaders };
}

/** Holds the headers of calls by path against what HTTP can carry, before openapi-fetch puts them together. */
function holdHeaders(http: Http): void {
  for (const method of methods) {
    const call = http[method] as (...parts: unknown[]) => Promise<never>;
    http[method] = async (...parts: unknown[]) => {
      const [path, init = {}] = (method === "request" ? parts.slice(1) : parts) as [string, HeaderParts?];
      for (const headers of [init.headers, init.params?.header]) holdCarried(path, headers);
      return call(...parts);
    };
  }
}

/** What a call by path calls. A middleware may have changed it. */
function callAt(
  { endpoint, projectId }: Settings,
  known: readonly Operation[],
  { method, url, signal }: Request,
): Call {
  // One call may go to another base URL.
  const start = url.startsWith(`${endpoint}/`) ? endpoint.length : new URL(url).origin.length;
  const called = url.slice(start).replace(/[?#].*/, "");
  for (const operation of known) {
    if (operation.method !== method) continue;
    const pattern = operation.path.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{(\w+)\}/g, "(?<$1>[^/]+)");
    const match = new RegExp(`^${pattern}$`).exec(called);
    if (match !== null) return { operation, sending: { signal }, projectId: match.groups?.project_id ?? projectId };
  }
  return { operation: notListed(method, called), sending: { signal }, projectId };
}

async function textOf(request: Request): Promise<string | undefined> {
  const text = await request.text();
  return text === "" ? undefined : text;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
