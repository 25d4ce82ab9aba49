import type { Methods } from "./generated/methods.ts";
import { createMethods } from "./methods.ts";
import { createProjectLookup } from "./project.ts";
import { type ClientOptions, type Settings, settingsOf } from "./settings.ts";
import { createHttp, type Http } from "./transport/http.ts";
import { createSend } from "./transport/send.ts";
import { createServiceClock, type ServiceClock } from "./transport/service-clock.ts";

/** A client of one project in one region. */
export interface Client extends Methods {
  /** Calls by path, typed as openapi-fetch types them: `client.http.GET("/v1/{project_id}/...", ...)`. */
  readonly http: Http;
  /** Id of the project that every call uses unless it names another; looked up at first use. */
  readonly projectId: () => Promise<string>;
  /** The options with every default filled in. */
  readonly settings: Settings;
  /** The service's clock, learnt from the header `Date` of every answer. */
  readonly serviceClock: Pick<ServiceClock, "now" | "offsetMs">;
}

/**
 * Makes a client. Nothing is sent until the first call.
 *
 * @throws TypeError when neither a region nor an endpoint is given, or the region is unknown.
 * @throws CredentialsError when there is no credential source.
 */
export function createClient(options: ClientOptions): Client {
  const settings = settingsOf(options);
  const serviceClock = createServiceClock(settings.now);
  const send = createSend(settings, serviceClock);
  const projectId = createProjectLookup(settings, send);
  const http = createHttp(settings, send);
  return { http, projectId, settings, serviceClock, ...createMethods(settings, send, projectId) };
}
