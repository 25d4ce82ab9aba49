import type { Attributes } from "@opentelemetry/api";
import type { ClientEvent } from "../events.ts";

/** An attempt that has ended, with an answer or without one. */
type Ended = ClientEvent & { readonly type: "response" | "failure" };

/** What the conventions for HTTP clients want of a measured request: few values each. */
export function measuredOf(event: Ended): Attributes {
  const { protocol, hostname, port } = new URL(event.url);
  return {
    "http.request.method": event.method,
    "server.address": hostname,
    "server.port": port === "" ? (protocol === "https:" ? 443 : 80) : Number(port),
    "url.scheme": protocol.slice(0, -1),
    ...(event.template === undefined ? {} : { "url.template": event.template }),
    ...(event.type === "response" ? { "http.response.status_code": event.status } : {}),
    ...errorOf(event),
  };
}

/** What they want of a span. */
export function attributesOf(event: Ended): Attributes {
  const { attempt, operationId, url } = event;
  return {
    ...measuredOf(event),
    "url.full": url,
    ...(attempt > 1 ? { "http.request.resend_count": attempt - 1 } : {}),
    "aps.operation": operationId,
    ...(event.type === "response" && event.requestId !== undefined ? { "aps.request_id": event.requestId } : {}),
  };
}

function errorOf(event: Ended): Attributes {
  if (event.type === "failure") return { "error.type": event.reason };
  return event.status >= 400 ? { "error.type": String(event.status) } : {};
}
