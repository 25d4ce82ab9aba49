import type { SecureContext } from "node:tls";
import type { buildConnector, Dispatcher } from "undici";
import { trustedBy } from "./authorities.ts";
import { type Environment, type OptionNames, type ProxyOptions, type ProxyServer, proxyFor } from "./proxy.ts";
import { openTunnel, proxyLogin } from "./tunnel.ts";

/** How requests reach one origin. */
export interface Route {
  readonly target: URL;
  readonly proxy: ProxyServer | undefined;
  readonly names: OptionNames;
  readonly pool: Dispatcher;
  /** Whether requests name the whole URL, because a proxy reads them. */
  readonly isAbsolute: boolean;
  /** Headers for a proxy that reads requests. */
  readonly headers: Readonly<Record<string, string>>;
}

/** How connections are made. */
export interface RouteOptions extends ProxyOptions {
  /** Further authorities, in PEM. */
  readonly ca: readonly string[];
  readonly systemCa: boolean;
  readonly connections: number;
  readonly connectTimeoutMs: number;
  readonly keepAliveMs: number;
  readonly environment: Environment;
}

/** The routes that were taken so far, by origin. Their connections are kept open for a while. */
export interface Routes {
  /** @throws TypeError when what names the proxy is no URL of one. */
  to(origin: string): Route | Promise<Route>;
  /** Ends every connection once its request has ended. */
  close(): Promise<void>;
}

/** Begins with no route: each is opened when it is first asked for. */
export function createRoutes(options: RouteOptions): Routes {
  const { connections, keepAliveMs: keepAliveTimeout, connectTimeoutMs: timeoutMs, environment } = options;
  const routes = new Map<string, Route>();
  let context: SecureContext | undefined;
  const secureContext = () => {
    context ??= trustedBy(options.ca, options.systemCa, environment);
    return context;
  };

  return {
    to: (origin) => routes.get(origin) ?? open(new URL(origin)),
    async close() {
      const pools = [...routes.values()].map(({ pool }) => pool.close());
      routes.clear();
      await Promise.all(pools);
    },
  };

  async function open(target: URL): Promise<Route> {
    const proxy = proxyFor(target, options, environment);
    const { default: Pool } = await import("undici/lib/dispatcher/pool.js");
    const connect = await connector(target, proxy);
    // Several first requests may have waited.
    const found = routes.get(target.origin);
    if (found !== undefined) return found;
    const isAbsolute = proxy !== undefined && target.protocol === "http:";
    const login = isAbsolute ? proxyLogin(proxy) : undefined;
    const route: Route = {
      target,
      proxy,
      names: options.names,
      isAbsolute,
      headers: login === undefined ? {} : { "proxy-authorization": login },
      pool: new Pool(isAbsolute ? proxy.url.origin : target.origin, { connections, keepAliveTimeout, connect }),
    };
    routes.set(target.origin, route);
    return route;
  }

  async function connector(target: URL, proxy: ProxyServer | undefined): Promise<buildConnector.connector> {
    const { default: buildConnector } = await import("undici/lib/core/connect.js");
    const isSecure = target.protocol === "https:" || proxy?.url.protocol === "https:";
    const direct = buildConnector({ timeout: timeoutMs, ...(isSecure ? { secureContext: secureContext() } : {}) });
    if (proxy === undefined || target.protocol === "http:") return direct;
    return (connecting, callback) => {
      openTunnel(target, proxy, { secureContext, timeoutMs, names: options.names }).then(
        (httpSocket) => direct({ ...connecting, httpSocket }, callback),
        (error) => callback(error, null),
      );
    };
  }
}
