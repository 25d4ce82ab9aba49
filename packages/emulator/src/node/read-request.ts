import type { IncomingMessage } from "node:http";
import { largestBody } from "../answer.ts";
import type { IncomingRequest } from "../http/message.ts";

/**
 * Takes a request of Node apart.
 *
 * @throws Error when the caller goes away before the request is complete.
 */
export async function readRequest(request: IncomingMessage): Promise<IncomingRequest> {
  const [path = "/", query = ""] = splitOnce(targetOf(request));
  const incoming = {
    method: request.method ?? "GET",
    path,
    query,
    headers: headersOf(request),
    body: await readBody(request),
  };
  // RFC 9112, section 3.2. Node's own refusal would have no request id.
  if (request.headers.host !== undefined || request.httpVersion !== "1.1") return incoming;
  return { ...incoming, unreadable: { status: 400, reason: "the Host header is missing" } };
}

/** Path and query of a request line. A proxy sends a whole URL, which a server must take as well. */
function targetOf({ url = "/" }: IncomingMessage): string {
  if (url.startsWith("/")) return url;
  const target = url.replace(/^https?:\/\/[^/?#]*/i, "");
  return target.startsWith("?") || target === "" ? `/${target}` : target;
}

/** Node joins a repeated header to one text, but makes a list of `Set-Cookie`. */
function headersOf({ headers }: IncomingMessage): IncomingRequest["headers"] {
  const { "set-cookie": cookies, ...others } = headers;
  return cookies === undefined
    ? (headers as IncomingRequest["headers"])
    : { ...(others as IncomingRequest["headers"]), "set-cookie": cookies.join(", ") };
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

function splitOnce(url: string): string[] {
  const at = url.indexOf("?");
  return at < 0 ? [url] : [url.slice(0, at), url.slice(at + 1)];
}
