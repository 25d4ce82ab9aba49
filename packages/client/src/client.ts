import type { Methods } from "./generated/methods.ts";
import { type MethodsOf, methodsOf, type Operations } from "./methods.ts";
import { createProjectLookup, type ProjectLookup } from "./project.ts";
import { type ClientOptions, type Settings, settingsOf } from "./settings.ts";
import { type Call, createCall } from "./transport/call.ts";
import { createHttp, type Http } from "./transport/http.ts";
import { createSend } from "./transport/send.ts";
import { createServiceClock, type ServiceClock } from "./transport/service-clock.ts";

/** A client of one project in one region. */
export interface Client {
  /** Calls by path, an openapi-fetch client: `client.http.GET("/v1/{project_id}/...", ...)`, `client.http.use(middleware)`. */
  readonly http: Http;
  /** Calls an operation. Methods, which have types, are made of it. */
  readonly call: Call;
  /**
   * Id of the project that every call uses unless it names another; looked up at first use, for all who ask. A `signal` ends
   * the wait of who gave it, which rejects with its reason.
   */
  readonly projectId: ProjectLookup;
  /** The options with every default filled in. */
  readonly settings: Settings;
  /** The service's clock, learnt from the header `Date` of every answer. */
  readonly serviceClock: Pick<ServiceClock, "now" | "offsetMs">;
}

/** A client with a method for every operation: one that was made with all of `@workspace-aps/client/operations`. */
export type FullClient = Client & Methods;

/**
 * Makes a client. Nothing is sent until the first call.
 *
 * @param options where to, as whom, and `operations`: what the client gets as methods, and holds calls by path against. Default:
 *   none; tasks such as `createImage` bring what they call.
 * @throws TypeError when neither a region nor an endpoint is given, or the region is unknown.
 * @throws CredentialsError when there is no credential source.
 */
export function createClient(options: ClientOptions & { readonly operations?: undefined }): Client;
export function createClient<const Chosen extends Operations>(
  options: ClientOptions & { readonly operations: Chosen },
): Client & MethodsOf<Chosen>;
export function createClient({
  operations = {},
  ...options
}: ClientOptions & { readonly operations?: Operations | undefined }): Client {
  const settings = settingsOf(options);
  const serviceClock = createServiceClock(settings.now);
  const send = createSend(settings, serviceClock);
  const projectId = createProjectLookup(settings, send);
  const [http, exchange] = createHttp(settings, send, Object.values(operations));
  const call = createCall(settings, exchange, projectId);
  return { http, call, projectId, settings, serviceClock, ...methodsOf({ call }, operations) };
}
