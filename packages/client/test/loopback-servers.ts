import { createServer, type IncomingMessage, request, type Server, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { type AddressInfo, connect, createServer as createSocketServer, type Server as SocketServer } from "node:net";
import { generate } from "selfsigned";

/** A certificate and its key, in PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** Makes a certificate that is its own authority, for 127.0.0.1 unless another host is named. */
export async function certificate(host?: string, until = Date.now() + 3_600_000): Promise<Certificate> {
  const altName = host === undefined ? { type: 7 as const, ip: "127.0.0.1" } : { type: 2 as const, value: host };
  const made = await generate([{ name: "commonName", value: host ?? "127.0.0.1" }], {
    keyType: "ec",
    notBeforeDate: new Date(until - 7_200_000),
    notAfterDate: new Date(until),
    extensions: [
      { name: "basicConstraints", cA: true },
      { name: "subjectAltName", altNames: [altName] },
    ],
  });
  return { cert: made.cert, key: made.private };
}

/** Listens on a free port of the loopback, and gives the port. */
export function listen(server: SocketServer): Promise<number> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve((server.address() as AddressInfo).port));
  });
}

/** A service that answers with the path it was asked for; with TLS where a certificate is given. */
export function echo(secure?: Certificate): Server {
  const answer = ({ url }: IncomingMessage, response: ServerResponse) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ path: url }));
  };
  return secure === undefined ? createServer(answer) : createSecureServer(secure, answer);
}

/** A server that resets every connection when the first bytes have come. */
export function resetting(): SocketServer {
  return createSocketServer((socket) => {
    socket.on("error", () => {});
    socket.once("data", () => socket.resetAndDestroy());
  });
}

/** A proxy that passes on requests and connections, and asks for a login where one is given. */
export function forwardProxy({ login, secure }: { login?: string; secure?: Certificate } = {}): Server {
  const expected = login === undefined ? undefined : `Basic ${Buffer.from(login).toString("base64")}`;
  const isWelcome = ({ headers }: IncomingMessage) =>
    expected === undefined || headers["proxy-authorization"] === expected;
  const proxy = secure === undefined ? createServer() : createSecureServer(secure);
  proxy.on("request", (asked: IncomingMessage, response: ServerResponse) => {
    if (!isWelcome(asked)) return response.writeHead(407, { "proxy-authenticate": "Basic" }).end();
    const { method, headers } = asked;
    const passed = request(String(asked.url), { method, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, { ...answer.headers, via: "1.1 proxy" });
      answer.pipe(response);
    });
    passed.on("error", () => response.writeHead(502).end());
    asked.pipe(passed);
  });
  proxy.on("connect", (asked, caller) => {
    if (!isWelcome(asked)) return caller.end("HTTP/1.1 407 Proxy Authentication Required\r\n\r\n");
    const { hostname, port } = new URL(`http://${asked.url}`);
    const service = connect(Number(port), hostname, () => {
      caller.write("HTTP/1.1 200 OK\r\n\r\n");
      service.pipe(caller).pipe(service);
    });
    service.on("error", () => caller.end("HTTP/1.1 502 Bad Gateway\r\n\r\n"));
    caller.on("error", () => service.destroy());
  });
  return proxy;
}
