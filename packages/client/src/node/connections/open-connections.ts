import { connectionFailure } from "./connection-failure.ts";
import { exchange, type WholeRequest } from "./exchange.ts";
import { createRoutes, type Route, type RouteOptions } from "./routes.ts";

/** A request whose URL is not split yet. */
export type PlainRequest = Omit<WholeRequest, "path">;

/** Connections to any host. */
export interface Connections {
  /** @throws ConnectionFailure, or the reason of the signal. */
  send(request: PlainRequest): Promise<Response>;
  /** Ends every connection once its request has ended. */
  close(): Promise<void>;
}

/** Makes connections as requests want them. */
export function openConnections(options: RouteOptions): Connections {
  const routes = createRoutes(options);
  return {
    async send(request) {
      const { origin, path } = split(request.url);
      let route: Route;
      try {
        const found = routes.to(origin);
        route = found instanceof Promise ? await found : found;
      } catch (cause) {
        throw connectionFailure((cause as Error).message, { wasSent: false, isLasting: true }, cause);
      }
      return exchange(route, { ...request, path });
    },
    close: routes.close,
  };
}

/** @throws TypeError when it is no http or https URL, or holds a login, which would be shown in logs. */
function split(url: string): { origin: string; path: string } {
  // Not normalised: what was signed is what is sent.
  const [, origin, path = ""] = /^(https?:\/\/[^/?#@]+)([^#]*)/i.exec(url) ?? [];
  if (origin === undefined || /^[^/?#]*@/.test(url.slice(origin.length))) {
    throw connectionFailure("the URL must be an http or https URL without user and password", {
      wasSent: false,
      isLasting: true,
    });
  }
  return { origin, path: path.startsWith("/") ? path : `/${path}` };
}
