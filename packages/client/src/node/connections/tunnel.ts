import type { Socket } from "node:net";
import type { SecureContext } from "node:tls";
import { hostPort, notConnected, refusedByProxy } from "./connection-failure.ts";
import type { OptionNames, ProxyServer } from "./proxy.ts";

/** The header that logs in at a proxy; undefined where its URL holds no login. */
export function proxyLogin({ url }: ProxyServer): string | undefined {
  if (url.username === "" && url.password === "") return undefined;
  const login = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
  return `Basic ${Buffer.from(login).toString("base64")}`;
}

interface TunnelOptions {
  /** The authorities that a proxy with https is held against. */
  readonly secureContext: () => SecureContext;
  readonly timeoutMs: number;
  readonly names: OptionNames;
}

/**
 * Asks a proxy for a connection to a host, by CONNECT (RFC 9110, section 9.3.6).
 *
 * @returns the socket, of which nothing but the answer of the proxy has been read.
 */
export async function openTunnel(
  target: URL,
  proxy: ProxyServer,
  { secureContext, timeoutMs, names }: TunnelOptions,
): Promise<Socket> {
  const { url } = proxy;
  const isSecure = url.protocol === "https:";
  const { request } = isSecure ? await import("node:https") : await import("node:http");
  const login = proxyLogin(proxy);
  const path = hostPort(target);
  return new Promise((resolve, reject) => {
    const fail = (cause: unknown) => reject(notConnected(isSecure ? url : target, { proxy, names }, cause));
    const connect = request({
      method: "CONNECT",
      host: url.hostname.replace(/^\[(.*)\]$/, "$1"),
      port: url.port === "" ? (isSecure ? 443 : 80) : url.port,
      path,
      headers: { host: path, ...(login === undefined ? {} : { "proxy-authorization": login }) },
      agent: false,
      ...(isSecure ? { secureContext: secureContext() } : {}),
    });
    connect.setTimeout(timeoutMs, () => {
      connect.destroy(Object.assign(new Error(`no answer within ${timeoutMs} ms`), { code: "ETIMEDOUT" }));
    });
    connect.once("connect", ({ statusCode = 0 }, socket) => {
      socket.setTimeout(0);
      if (statusCode >= 200 && statusCode < 300) return resolve(socket as Socket);
      socket.destroy();
      reject(refusedByProxy(target, proxy, statusCode));
    });
    // Some proxies answer a CONNECT with a page, like any other request.
    connect.once("response", (response) => {
      response.destroy();
      reject(refusedByProxy(target, proxy, response.statusCode ?? 0));
    });
    connect.once("error", fail);
    connect.end();
  });
}
