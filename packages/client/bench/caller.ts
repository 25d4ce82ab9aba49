// Makes calls when told, in one of several ways, and says how long they took. Each way has a process of its own, so that none
// pays for what another leaves to the garbage collector.
import { accessKey, createClient } from "@workspace-aps/client";
import { nodeFetch } from "@workspace-aps/client/node";
import { listImageServers, recreateServerImage } from "@workspace-aps/client/operations";
import { fetchCall, httpCall, type PlainRequest } from "./plain.ts";

/** The client with its own connections and on the platform's `fetch`, and what a user would write by hand. */
export const ways = ["client, nodeFetch", "client, fetch", "by hand, node:http", "by hand, fetch"] as const;
export type Way = (typeof ways)[number];

/** What a caller is told: how many calls of which kind to make. */
export interface Round {
  readonly method: "GET" | "POST";
  readonly atOnce: number;
  readonly calls: number;
}

/** What a round took. */
export interface Took {
  readonly ms: number;
  readonly cpuMs: number;
}

type Calls = Readonly<Record<Round["method"], () => Promise<unknown>>>;

const [, , way, host = ""] = process.argv;
const key = { id: "APSEMULATORACCESSKEY", secret: "aps-emulator-secret-access-key" };
const projectId = "a4da8115c9d8464ead3a38309130523f";
const serverId = "25b1dd14-0c84-4558-aa57-03a6c54b8e75";
const body = { name: "image_name_0508", description: "This is an image recreate desc." };

const servers = { host, path: `/v1/${projectId}/image-servers`, query: "", projectId };
const get: PlainRequest = { ...servers, method: "GET", query: "limit=100&offset=0" };
const post: PlainRequest = {
  ...servers,
  method: "POST",
  path: `${servers.path}/${serverId}/actions/recreate-image`,
};

function byClient(fetch?: typeof globalThis.fetch): Calls {
  const client = createClient({
    operations: { listImageServers, recreateServerImage },
    endpoint: `http://${host}`,
    projectId,
    credentials: accessKey({ accessKeyId: key.id, secretAccessKey: key.secret }),
    fetch,
  });
  return {
    GET: () => client.listImageServers({ query: { limit: 100, offset: 0 } }),
    POST: () => client.recreateServerImage({ path: { server_id: serverId }, body }),
  };
}

function byHand(call: typeof fetchCall): Calls {
  return { GET: () => call(get, key), POST: () => call({ ...post, body: JSON.stringify(body) }, key) };
}

const makers: Readonly<Record<Way, () => Calls>> = {
  "client, nodeFetch": () => byClient(nodeFetch()),
  "client, fetch": () => byClient(),
  "by hand, node:http": () => byHand(httpCall),
  "by hand, fetch": () => byHand(fetchCall),
};

// Imported for its types and names as well.
if (process.send !== undefined) answerRounds(makers[way as Way]());

function answerRounds(calls: Calls): void {
  process.on("message", async ({ method, atOnce, calls: count }: Round) => {
    const call = calls[method];
    let left = count;
    const worker = async () => {
      while (left-- > 0) await call();
    };
    const startedAt = performance.now();
    const cpuBefore = process.cpuUsage();
    await Promise.all(Array.from({ length: atOnce }, worker));
    const { user, system } = process.cpuUsage(cpuBefore);
    process.send?.({ ms: performance.now() - startedAt, cpuMs: (user + system) / 1000 } satisfies Took);
  });
}
