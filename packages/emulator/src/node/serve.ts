import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import type { Emulator } from "../emulator.ts";
import type { IncomingRequest } from "../http/message.ts";
import type { LoggedRequest } from "../logged-request.ts";
import { readRequest } from "./read-request.ts";
import { writeAnswer, writeLastAnswer } from "./write-answer.ts";

/** How an emulator listens. Every option has a default. */
export interface ServeOptions {
  /** Port to listen on; 0 picks a free one. Default: 0. */
  readonly port?: number;
  /** Address to listen on. Default: 127.0.0.1, which only this machine reaches. */
  readonly host?: string;
  /** Told about every request that was answered, those to `/__emulator/` included. */
  readonly onRequest?: (line: AnsweredRequest) => void;
  /** Told about a request that is not answered after a second, because a fault holds it. */
  readonly onWaiting?: (request: { readonly at: string; readonly method: string; readonly path: string }) => void;
}

/** A request that was answered, or that nobody was left to answer. */
export type AnsweredRequest = LoggedRequest & {
  readonly durationMs: number;
  /** Whether the caller had gone away before the answer. */
  readonly gone?: true;
};

/** An emulator that listens. */
export interface EmulatorServer {
  /** Base URL, such as `http://127.0.0.1:4010`. */
  readonly url: string;
  /** The port, also where 0 was asked for. */
  readonly port: number;
  /** Stops at once; open connections are closed. */
  close(): Promise<void>;
}

/** Past this Node refuses a request by itself; the gateway's own limits are smaller, and are answered in its words. */
const largestHead = 256 * 1024;

/** After this time a request that is not answered is told of, in milliseconds. */
const waitingMs = 1_000;

/**
 * How long an idle connection is kept, in milliseconds. Node's own 5 seconds end just when a client that polls uses the
 * connection again, which then looks like a fault that nobody asked for.
 */
const idleMs = 600_000;

/**
 * Serves an emulator over HTTP. Resolves once it listens.
 *
 * @throws Error with the system's `code`, such as `EADDRINUSE`, when it cannot listen.
 */
export async function serve(emulator: Emulator, options: ServeOptions = {}): Promise<EmulatorServer> {
  const host = options.host ?? "127.0.0.1";
  const answerTo = async (request: IncomingRequest, isGone: () => boolean) => {
    const startedAt = performance.now();
    const { method, path } = request;
    const at = new Date(emulator.clock.now()).toISOString();
    const waiting = setTimeout(() => options.onWaiting?.({ at, method, path }), waitingMs);
    const answer = await emulator.handle(request).finally(() => clearTimeout(waiting));
    const durationMs = performance.now() - startedAt;
    options.onRequest?.({ ...answer.logged, durationMs, ...(isGone() ? { gone: true } : {}) });
    return answer;
  };
  const onRequest = async (message: IncomingMessage, response: ServerResponse) => {
    const request = await readRequest(message).catch(() => undefined);
    // The caller has gone away in the middle of its request.
    if (request === undefined) return;
    try {
      writeAnswer(response, await answerTo(request, () => response.destroyed));
    } catch (error) {
      // A defect of the emulator: say so instead of hanging.
      console.error(error);
      response.destroy();
    }
  };
  /** Answers on a connection that is of no further use. */
  const onLast = async (socket: Duplex, request: Partial<IncomingRequest>) => {
    socket.on("error", () => socket.destroy());
    if (!socket.writable) return;
    const nothing = { method: "", path: "", query: "", headers: {}, body: new Uint8Array() };
    writeLastAnswer(socket, await answerTo({ ...nothing, ...request }, () => socket.destroyed));
  };
  const server = createServer(
    { maxHeaderSize: largestHead, keepAliveTimeout: idleMs, requireHostHeader: false },
    onRequest,
  )
    .on("checkExpectation", onRequest)
    .on("connect", ({ method = "", url = "" }, socket) => void onLast(socket, { method, path: url }))
    .on("clientError", (error, socket) => void onLast(socket, { unreadable: whyUnreadable(error) }));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${port}`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function whyUnreadable({ code, message }: NodeJS.ErrnoException): NonNullable<IncomingRequest["unreadable"]> {
  if (code === "HPE_HEADER_OVERFLOW") return { status: 494, reason: `its head is larger than ${largestHead} bytes` };
  return { status: 400, reason: message };
}
