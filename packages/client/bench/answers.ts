// Answers every request at once, so that a benchmark measures its caller. Tells its parent the port, and what the requests
// were like when asked.
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

const job = JSON.stringify({ job_id: "697354472828968960" });
const list = JSON.stringify({ count: 0, items: [] });
/** The platform's `fetch` adds others, which nobody asked for. */
const compared = ["host", "user-agent", "x-project-id", "content-type", "content-length", "connection"];
/** Every kind of request that was seen: all that it consists of but for what time changes. */
const kinds = new Set<string>();
let isWatching = true;

const server = createServer((request, response) => {
  if (isWatching) kinds.add(kindOf(request));
  request.resume().on("end", () => {
    const text = request.method === "POST" ? job : list;
    response.writeHead(200, { "Content-Type": "application/json", "Content-Length": text.length }).end(text);
  });
}).listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));

// A caller that waits for its turn keeps its connection, which node:http by hand would else see reset.
server.keepAliveTimeout = 0;

process.on("message", () => {
  isWatching = false;
  process.send?.([...kinds]);
});

function kindOf({ method, url, headers }: IncomingMessage): string {
  const { authorization = "" } = headers;
  const signed = authorization.replace(/Signature=[0-9a-f]{64}$/, "Signature=");
  return JSON.stringify([method, url, signed, ...compared.map((name) => headers[name])]);
}
