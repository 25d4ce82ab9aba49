import type { IncomingRequest, RawAnswer } from "./message.ts";

/** Takes a web-standard request apart. */
export async function toIncoming(request: Request): Promise<IncomingRequest> {
  const { pathname, search, host } = new URL(request.url);
  const headers: Record<string, string> = { host };
  for (const [name, value] of request.headers) headers[name] = value;
  const body = new Uint8Array(await request.arrayBuffer());
  return { method: request.method, path: pathname, query: search.slice(1), headers, body };
}

/**
 * Makes a web-standard answer.
 *
 * @throws TypeError when the connection was cut, as `fetch` does, with the code of the system in its cause.
 */
export function toResponse(answer: RawAnswer): Response {
  if (answer.cut === "everything") throw connectionReset();
  const { status, headers, text } = answer;
  if (answer.cut === undefined) return new Response(text === "" ? null : text, { status, headers });
  const half = new TextEncoder().encode(text.slice(0, Math.ceil(text.length / 2)));
  let sent = false;
  const stream = new ReadableStream({
    pull(controller) {
      if (sent) controller.error(connectionReset());
      else controller.enqueue(half);
      sent = true;
    },
  });
  return new Response(stream, { status, headers });
}

function connectionReset(): TypeError {
  return new TypeError("fetch failed", { cause: Object.assign(new Error("read ECONNRESET"), { code: "ECONNRESET" }) });
}
