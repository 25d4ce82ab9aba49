import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { UsageError } from "./usage-error.ts";

/** An address at which a supervisor asks whether a worker gets on. */
export interface Health extends AsyncDisposable {
  readonly url: string;
  /** Notes that the database was asked for work, and answered. */
  beat(): void;
}

/**
 * Answers every GET with 200 while the worker has got through to its database lately, and with 503 otherwise; one of `/alive`
 * with 200 as long as it answers at all.
 *
 * @param address `port`, on loopback, or `host:port`.
 * @param staleMs how old the last beat may be.
 * @throws UsageError when the address cannot be used.
 */
export async function serveHealth(address: string, staleMs: number): Promise<Health> {
  const [, host = "127.0.0.1", port] = /^(?:(.+):)?(\d{1,5})$/.exec(address) ?? [];
  if (port === undefined)
    throw new UsageError(`--health is a port or host:port; given was ${JSON.stringify(address)}.`);
  let beatAt = Date.now();
  const server = createServer((request, response) => {
    const ageMs = Date.now() - beatAt;
    const isWell = ageMs <= staleMs;
    const isReadiness = request.url !== "/alive";
    response.writeHead(isWell || !isReadiness ? 200 : 503, {
      "content-type": "application/json",
      "cache-control": "no-store",
    });
    response.end(JSON.stringify({ status: isWell ? "working" : "out of touch with the database", ageMs }));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", ({ code }: NodeJS.ErrnoException) => reject(new UsageError(`--health ${address}: ${code}.`)));
    server.listen(Number(port), host, resolve);
  });
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${bound}/`,
    beat: () => {
      beatAt = Date.now();
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
}
