import { formatDuration } from "../arguments/duration.ts";
import type { Pace } from "../connection/pace.ts";
import type { Log } from "./log.ts";

/** Headers whose values are shown. All others are named without their value: they may say who sends a request. */
const shownHeaders = new Set([
  "accept",
  "content-length",
  "content-type",
  "date",
  "retry-after",
  "server",
  "user-agent",
  "via",
  "x-project-id",
  "x-request-id",
  "x-sdk-date",
]);

/** A `fetch` that tells of every request and every answer: method, URL, headers by an allow-list, status, time. */
export function traceFetch(fetch: typeof globalThis.fetch, log: Log, clock: Pace): typeof globalThis.fetch {
  return async (input, init) => {
    const method = init?.method ?? "GET";
    const url = String(input instanceof Request ? input.url : input);
    const size = typeof init?.body === "string" ? `, body of ${Buffer.byteLength(init.body)} bytes` : "";
    const headers = maskedHeaders(new Headers(init?.headers));
    log.debug(`> ${method} ${url}${size}  ${asText(headers)}`, { method, url, headers });
    const startedAt = clock.now();
    try {
      const response = await fetch(input, init);
      const tookMs = clock.now() - startedAt;
      const answered = maskedHeaders(response.headers);
      log.debug(`< ${response.status} in ${formatDuration(tookMs)}  ${asText(answered)}`, {
        method,
        url,
        status: response.status,
        duration_ms: tookMs,
        headers: answered,
      });
      return response;
    } catch (error) {
      // Not the message, which may hold what was sent.
      const { code, name = "unknown" } = error as { code?: unknown; name?: string };
      const reason = typeof code === "string" ? code : name;
      log.debug(`< failed after ${formatDuration(clock.now() - startedAt)}: ${reason}`, { method, url });
      throw error;
    }
  };
}

function maskedHeaders(headers: Headers): Record<string, string> {
  return Object.fromEntries([...headers].map(([name, value]) => [name, shownHeaders.has(name) ? value : "***"]));
}

function asText(headers: Readonly<Record<string, string>>): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}`)
    .join("; ");
}
