// Answers every request at once, so that a benchmark measures its caller. Prints its port.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const job = JSON.stringify({ job_id: "697354472828968960" });
const list = JSON.stringify({ count: 0, items: [] });

const server = createServer((request, response) => {
  request.resume().on("end", () => {
    const text = request.method === "POST" ? job : list;
    response.writeHead(200, { "Content-Type": "application/json", "Content-Length": text.length }).end(text);
  });
}).listen(0, "127.0.0.1", () => console.log((server.address() as AddressInfo).port));
