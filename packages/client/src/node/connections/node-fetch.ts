import { connectionFailure } from "./connection-failure.ts";
import type { Connections, PlainRequest } from "./open-connections.ts";
import { isProxy, proxyProblem } from "./proxy-text.ts";
import { readAuthorities } from "./read-authorities.ts";
import type { RouteOptions } from "./routes.ts";

/** How {@link nodeFetch} reaches hosts. */
export interface NodeFetchOptions {
  /**
   * URL of the proxy for every request, such as `http://user:password@proxy:3128`; the scheme may be left out. `false` for
   * none. Default: `HTTPS_PROXY`, `HTTP_PROXY` or `ALL_PROXY`, in lower or upper case.
   */
  readonly proxy?: string | false | undefined;
  /**
   * Hosts that are asked without the proxy: names (with all below them), addresses, ranges of addresses, `*`; each with a port
   * or without. Default: `NO_PROXY`, in lower or upper case.
   */
  readonly noProxy?: string | readonly string[] | undefined;
  /** A file, or several, of certificates in PEM that are trusted beside the usual ones, such as that of a company. */
  readonly ca?: string | readonly string[] | undefined;
  /** Whether the authorities that the system trusts are trusted beside those of Node. Default: true. */
  readonly systemCa?: boolean | undefined;
  /** How many connections to one host may stand at a time; further requests wait for one. Default: 64. */
  readonly connections?: number | undefined;
  /** Time for making a connection, in milliseconds. Default: 10,000. */
  readonly connectTimeoutMs?: number | undefined;
  /** How long a connection that nobody uses is kept, in milliseconds, unless the host says less. Default: 4,000. */
  readonly keepAliveMs?: number | undefined;
  /**
   * What messages call these options, where somebody else gave them to the caller, such as in an option of a program. Default:
   * `the option proxy`, which is where a login is to go as well, and `the option ca`.
   */
  readonly names?: { readonly proxy?: string; readonly login?: string; readonly ca?: string } | undefined;
  /** The variables. Default: those of the process. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined;
}

/** A `fetch` with connections of its own. */
export type NodeFetch = typeof globalThis.fetch & {
  /**
   * Waits for the requests that are under way, and ends all connections. What is asked for later is rejected. Connections that
   * nobody uses keep no process from ending.
   */
  readonly close: () => Promise<void>;
};

/**
 * Makes a `fetch` for Node that goes through proxies, trusts a company's certificates, keeps connections, and costs a fraction of
 * the platform's. What it rejects with says where the fault is, what mends it, and (`wasSent`) whether any part of the request
 * was sent. Answers are read whole, and redirects are given out and not followed.
 *
 * @throws TypeError when a file of certificates cannot be read, or `proxy` is no URL of one.
 */
export function nodeFetch(options: NodeFetchOptions = {}): NodeFetch {
  const { ca = [], connections = 64, connectTimeoutMs = 10_000, keepAliveMs = 4_000, systemCa = true } = options;
  const {
    proxy: proxyName = "the option proxy",
    login = proxyName,
    ca: caName = "the option ca",
  } = options.names ?? {};
  if (typeof options.proxy === "string" && !isProxy(options.proxy))
    throw new TypeError(proxyProblem(options.proxy, proxyName));
  const routeOptions: RouteOptions = {
    names: { proxy: proxyName, login, ca: caName },
    proxy: options.proxy,
    noProxy: options.noProxy,
    ca: readAuthorities(typeof ca === "string" ? [ca] : ca, caName),
    systemCa,
    connections,
    connectTimeoutMs,
    keepAliveMs,
    environment: options.environment ?? process.env,
  };
  let loading: Promise<Connections> | undefined;
  let opened: Connections | undefined;
  // What connections are made with takes a process longer to load than all else, and many a process sends nothing.
  const open = async () => {
    const { openConnections } = await import("./open-connections.ts");
    opened = openConnections(routeOptions);
    return opened;
  };
  const send = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = plain(input, init) ?? (await whole(new Request(input, init)));
    loading ??= open();
    const connections = opened ?? (await loading);
    return connections.send(request);
  };
  const underWay = new Set<Promise<unknown>>();
  let isClosed = false;
  const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    if (isClosed) throw connectionFailure("its connections are closed", { wasSent: false, isLasting: true });
    const answer = send(input, init);
    underWay.add(answer);
    try {
      return await answer;
    } finally {
      underWay.delete(answer);
    }
  };
  const close = async () => {
    isClosed = true;
    await Promise.allSettled(underWay);
    await (await loading)?.close();
  };
  return Object.assign(fetch, { close });
}

/** A request of plain parts, which is taken as it is. */
function plain(input: string | URL | Request, init: RequestInit = {}): PlainRequest | undefined {
  const { method = "GET", headers = {}, body = null, signal } = init;
  const isPlain =
    typeof input === "string" &&
    Object.getPrototypeOf(headers) === Object.prototype &&
    (body === null || typeof body === "string");
  if (!isPlain) return undefined;
  return { url: input, method, headers: headers as Record<string, string>, body, signal: signal ?? undefined };
}

/** Any other request, as the platform understands it. */
async function whole(request: Request): Promise<PlainRequest> {
  const { url, method, signal } = request;
  const bytes = request.body === null ? null : new Uint8Array(await request.arrayBuffer());
  return { url, method, headers: Object.fromEntries(request.headers), body: bytes, signal };
}
