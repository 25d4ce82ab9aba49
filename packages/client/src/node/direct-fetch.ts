import type { Agent } from "node:http";

/** An agent of its own knows no proxy, whatever the environment says. */
let agent: Agent | undefined;

/**
 * A `fetch` for `http:` URLs that goes to the host itself and never through a proxy. For the metadata service: a proxy would
 * ask the one of its own machine, and see the keys. Node's part for it is loaded at the first request.
 */
export const directFetch: typeof globalThis.fetch = async (input, init = {}) => {
  const { Agent, request } = await import("node:http");
  agent ??= new Agent();
  const { method = "GET", headers, signal } = init;
  const sending = { agent, method, headers: Object.fromEntries(new Headers(headers)), signal: signal ?? undefined };
  return new Promise((resolve, reject) => {
    const sent = request(String(input), sending, async (answer) => {
      try {
        const chunks: Uint8Array[] = [];
        for await (const chunk of answer) chunks.push(chunk);
        const { statusCode: status = 502 } = answer;
        const hasBody = status >= 200 && status !== 204 && status !== 205 && status !== 304;
        resolve(new Response(hasBody ? Buffer.concat(chunks) : null, { status: Math.max(200, status) }));
      } catch (error) {
        reject(error);
      }
    });
    sent.on("error", reject).end();
  });
};
