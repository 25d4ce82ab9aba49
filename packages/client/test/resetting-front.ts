import { connect, createServer, type Socket } from "node:net";

/** Something in front of a service that passes on what it is given, and resets one connection. */
export interface ResettingFront extends AsyncDisposable {
  readonly url: string;
  /** How many requests with the path have come. */
  readonly count: () => number;
}

/**
 * Listens in front of a port. The first answer to a request with a path, on a connection that was used before, is not passed
 * back: when it comes, and the work is done, the connection is reset.
 */
export async function resettingFront(port: number, path: string): Promise<ResettingFront> {
  let count = 0;
  let hasReset = false;
  const sockets = new Set<Socket>();
  const server = createServer((caller) => {
    const service = connect(port, "127.0.0.1");
    let requests = 0;
    let isHit = false;
    for (const socket of [caller, service]) {
      sockets.add(socket);
      socket.on("error", () => {});
      socket.on("close", () => {
        caller.destroy();
        service.destroy();
      });
    }
    caller.on("data", (bytes) => {
      const [line = ""] = bytes.toString("latin1").split("\r\n", 1);
      if (line.endsWith(" HTTP/1.1")) {
        requests += 1;
        isHit = line.includes(path);
        if (isHit) count += 1;
      }
      service.write(bytes);
    });
    service.on("data", (bytes) => {
      if (!isHit || hasReset || requests === 1) return caller.write(bytes);
      hasReset = true;
      return caller.resetAndDestroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port: own } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${own}`,
    count: () => count,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
