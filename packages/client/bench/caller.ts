// Makes calls when told, by the client or by hand, and says how long they took. Each side has a process of its own, so that
// neither pays for what the other leaves to the garbage collector.
import { accessKey, createClient } from "@workspace-aps/client";
import { listImageServers, recreateServerImage } from "@workspace-aps/client/operations";
import { type PlainRequest, plainCall } from "./plain.ts";

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

const [, , side, host = ""] = process.argv;
const key = { id: "APSEMULATORACCESSKEY", secret: "aps-emulator-secret-access-key" };
const projectId = "a4da8115c9d8464ead3a38309130523f";
const serverId = "25b1dd14-0c84-4558-aa57-03a6c54b8e75";
const body = { name: "image_name_0508", description: "This is an image recreate desc." };

const client = createClient({
  operations: { listImageServers, recreateServerImage },
  endpoint: `http://${host}`,
  projectId,
  credentials: accessKey({ accessKeyId: key.id, secretAccessKey: key.secret }),
});
const servers = { host, path: `/v1/${projectId}/image-servers`, query: "", projectId };
const get: PlainRequest = { ...servers, method: "GET", query: "limit=100&offset=0" };
const post: PlainRequest = {
  ...servers,
  method: "POST",
  path: `${servers.path}/${serverId}/actions/recreate-image`,
};

const calls = {
  client: {
    GET: () => client.listImageServers({ query: { limit: 100, offset: 0 } }),
    POST: () => client.recreateServerImage({ path: { server_id: serverId }, body }),
  },
  plain: {
    GET: () => plainCall(get, key),
    POST: () => plainCall({ ...post, body: JSON.stringify(body) }, key),
  },
}[side as "client" | "plain"];

process.on("message", async ({ method, atOnce, calls: count }: Round) => {
  const call: () => Promise<unknown> = calls[method];
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
