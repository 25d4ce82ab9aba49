import { Agent, request } from "node:http";

/** An agent of its own knows no proxy, whatever the environment says. */
const agent = new Agent();

/**
 * A `fetch` for `http:` URLs that goes to the host itself and never through a proxy. For the metadata service: a proxy would
 * ask the one of its own machine, and see the keys.
 */
export const directFetch: typeof globalThis.fetch = (input, init = {}) =>
  new Promise((resolve, reject) => {
    const { method = "GET", headers, signal } = init;
    const sent = request(
      String(input),
      { agent, method, headers: Object.fromEntries(new Headers(headers)), signal: signal ?? undefined },
      async (answer) => {
        try {
          const chunks: Uint8Array[] = [];
          for await (const chunk of answer) chunks.push(chunk);
          const { statusCode: status = 502 } = answer;
          const hasBody = status >= 200 && status !== 204 && status !== 205 && status !== 304;
          resolve(new Response(hasBody ? Buffer.concat(chunks) : null, { status: Math.max(200, status) }));
        } catch (error) {
          reject(error);
        }
      },
    );
    sent.on("error", reject).end();
  });
