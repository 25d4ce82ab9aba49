import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { CredentialContext } from "../src/index.ts";

/** A metadata service on loopback that counts what it is asked, and can be made to fail. */
export interface MetadataService extends AsyncDisposable {
  readonly endpoint: string;
  readonly asked: string[];
  /** Whether it has the token step. */
  tokens: boolean;
  agency: boolean;
  /** Statuses of the next answers for keys, instead of keys. */
  readonly failures: number[];
  /** A body instead of every answer. */
  odd?: string;
  forgetToken(): void;
}

/** @param now the clock of the service, by which its keys expire after two hours. */
export async function metadataService(now: () => number): Promise<MetadataService> {
  let valid = "";
  const server = createServer((request, response) => {
    const { method, url = "", headers } = request;
    service.asked.push(`${method} ${url}`);
    const answer = (status: number, body: string) => response.writeHead(status).end(body);
    if (service.odd !== undefined) return answer(200, service.odd);
    if (url.endsWith("/token")) {
      if (!service.tokens) return answer(404, "");
      valid = `token-${service.asked.length}`;
      return answer(200, valid);
    }
    const failure = service.failures.shift();
    if (failure !== undefined) return answer(failure, "");
    if (!service.agency) return answer(401, "configure an agency");
    if (service.tokens && headers["x-metadata-token"] !== valid) return answer(401, "token expired");
    const expires_at = new Date(now() + 3_600_000 * 2).toISOString();
    const credential = { access: `AK${service.asked.length}`, secret: "SK", securitytoken: "ST", expires_at };
    return answer(200, JSON.stringify({ credential }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const service: MetadataService = {
    endpoint: `http://127.0.0.1:${port}`,
    asked: [],
    tokens: true,
    agency: true,
    failures: [],
    forgetToken: () => {
      valid = "gone";
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((closed) => server.close(closed));
    },
  };
  return service;
}

/** What a client hands to its source of credentials, on a clock that only waiting moves. */
export function sourceContext(clock: { nowMs: number }): CredentialContext {
  return {
    iamEndpoint: undefined,
    region: undefined,
    projectId: undefined,
    fetch: async () => {
      throw new TypeError("The metadata service is never asked through the fetch of the client.");
    },
    now: () => clock.nowMs,
    maxAttempts: 5,
    totalTimeoutMs: 180_000,
    sleep: async (ms) => {
      clock.nowMs += ms;
    },
    random: () => 0.5,
  };
}
