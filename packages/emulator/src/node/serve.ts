import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { largestBody } from "../answer.ts";
import type { Emulator } from "../emulator.ts";
import type { RawAnswer } from "../http/message.ts";

export interface ServeOptions {
  /** Port to listen on; 0 picks a free one. Default: 0. */
  readonly port?: number;
  /** Address to listen on. Default: 127.0.0.1, which only this machine reaches. */
  readonly host?: string;
  /** Told about every request that was answered. */
  readonly onRequest?: (line: { method: string; path: string; status: number; durationMs: number }) => void;
}

/** An emulator that listens. */
export interface EmulatorServer {
  /** Base URL, such as `http://127.0.0.1:4010`. */
  readonly url: string;
  readonly port: number;
  /** Stops at once; open connections are closed. */
  close(): Promise<void>;
}

/** Past this Node refuses a request by itself; the gateway's own limits are smaller, and are answered in its words. */
const largestHead = 256 * 1024;

/** Serves an emulator over HTTP. */
export async function serve(emulator: Emulator, options: ServeOptions = {}): Promise<EmulatorServer> {
  const host = options.host ?? "127.0.0.1";
  const server = createServer({ maxHeaderSize: largestHead }, (request, response) => {
    const startedAt = performance.now();
    answer(emulator, request, response).then(
      (status) => {
        const path = (request.url ?? "/").split("?")[0] as string;
        options.onRequest?.({ method: request.method ?? "", path, status, durationMs: performance.now() - startedAt });
      },
      (error: unknown) => {
        // A defect of the emulator: say so instead of hanging.
        console.error(error);
        response.destroy();
      },
    );
  });
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

async function answer(emulator: Emulator, request: IncomingMessage, response: ServerResponse): Promise<number> {
  const [path = "/", query = ""] = splitOnce(request.url ?? "/");
  const headers = request.headers as Readonly<Record<string, string | undefined>>;
  const body = await readBody(request);
  const result = await emulator.handle({ method: request.method ?? "GET", path, query, headers, body });
  write(response, result);
  return result.status;
}

async function readBody(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    // One byte more than allowed is enough to be refused; the rest is read and dropped.
    if (size <= largestBody + chunk.length) chunks.push(chunk);
  }
  return chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
}

function write(response: ServerResponse, { status, headers, text, cut }: RawAnswer): void {
  if (cut === "everything") {
    response.socket?.destroy();
    return;
  }
  const length = Buffer.byteLength(text);
  response.writeHead(status, { ...headers, "Content-Length": length });
  if (cut === undefined) {
    response.end(text);
    return;
  }
  response.write(text.slice(0, Math.ceil(text.length / 2)), () => response.socket?.destroy());
}

function splitOnce(url: string): string[] {
  const at = url.indexOf("?");
  return at < 0 ? [url] : [url.slice(0, at), url.slice(at + 1)];
}
