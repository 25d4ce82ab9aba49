import { createHash, createHmac } from "node:crypto";
import { Agent, request as httpRequest } from "node:http";
import { contractVersion } from "@workspace-aps/client";

/** What a program would do by hand: sign with node:crypto, and send. The measure for the client. */
export interface PlainRequest {
  readonly method: string;
  readonly host: string;
  readonly path: string;
  readonly query: string;
  readonly projectId: string;
  readonly body?: string;
}

/** The client names itself, and both sides must send the same bytes. */
const userAgent = `workspace-aps-client/${contractVersion}`;
const emptyHash = createHash("sha256").digest("hex");

/** Signs the same headers as the client does, for a path and query that need no encoding. */
export function plainSignature(request: PlainRequest, key: { id: string; secret: string }): Record<string, string> {
  const { method, host, path, query, projectId, body } = request;
  const time = `${new Date().toISOString().slice(0, 19).replace(/[-:]/g, "")}Z`;
  const type = body === undefined ? "" : "content-type:application/json\n";
  const names = `${body === undefined ? "" : "content-type;"}host;x-project-id;x-sdk-date`;
  const payload = body === undefined ? emptyHash : createHash("sha256").update(body).digest("hex");
  const headers = `${type}host:${host}\nx-project-id:${projectId}\nx-sdk-date:${time}\n`;
  const canonical = `${method}\n${path}/\n${query}\n${headers}\n${names}\n${payload}`;
  const text = `SDK-HMAC-SHA256\n${time}\n${createHash("sha256").update(canonical).digest("hex")}`;
  const signature = createHmac("sha256", key.secret).update(text).digest("hex");
  return {
    "X-Sdk-Date": time,
    "X-Project-Id": projectId,
    Authorization: `SDK-HMAC-SHA256 Access=${key.id}, SignedHeaders=${names}, Signature=${signature}`,
  };
}

/** One call by hand with `fetch`: signed, sent, checked for success, parsed. */
export async function fetchCall(request: PlainRequest, key: { id: string; secret: string }): Promise<unknown> {
  const { method, host, path, query, body } = request;
  const headers = { "User-Agent": userAgent, ...plainSignature(request, key) };
  const response = await fetch(`http://${host}${path}${query === "" ? "" : `?${query}`}`, {
    method,
    headers: body === undefined ? headers : { ...headers, "Content-Type": "application/json" },
    // As the client does: what was true a minute ago is of no use.
    ...(body === undefined ? { cache: "no-store" } : { body }),
    signal: AbortSignal.timeout(60_000),
  });
  if (!response.ok) throw new Error(`status ${response.status}`);
  return response.json();
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** The same with `node:http`. */
export function httpCall(request: PlainRequest, key: { id: string; secret: string }): Promise<unknown> {
  const { method, host, path, query, body } = request;
  const [hostname, port] = host.split(":");
  const headers: Record<string, string | number> = { "User-Agent": userAgent, ...plainSignature(request, key) };
  if (body !== undefined) {
    headers["Content-Type"] = "application/json";
    headers["Content-Length"] = Buffer.byteLength(body);
  }
  return new Promise((resolve, reject) => {
    const target = { agent, method, hostname, port, path: query === "" ? path : `${path}?${query}`, headers };
    const sent = httpRequest({ ...target, timeout: 60_000 }, (answer) => {
      let text = "";
      answer.setEncoding("utf8");
      answer.on("data", (chunk) => {
        text += chunk;
      });
      answer.on("error", reject);
      answer.on("end", () => {
        if (answer.statusCode !== 200) return reject(new Error(`status ${answer.statusCode}`));
        try {
          resolve(JSON.parse(text));
        } catch (error) {
          reject(error);
        }
      });
    });
    sent.on("timeout", () => sent.destroy(new Error("no answer within 60 s")));
    sent.on("error", reject);
    sent.end(body);
  });
}
