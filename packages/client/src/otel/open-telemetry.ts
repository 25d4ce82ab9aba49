import { context, type Meter, metrics, SpanKind, SpanStatusCode, type Tracer, trace } from "@opentelemetry/api";
import type { ClientEvent } from "../events.ts";
import { contractVersion } from "../generated/contract.ts";
import { attributesOf, measuredOf } from "./attributes.ts";

/** Where spans and metrics go. */
export interface TelemetryOptions {
  /** Default: that of the global provider. */
  readonly tracer?: Tracer | undefined;
  /** Default: that of the global provider. */
  readonly meter?: Meter | undefined;
}

const scope = "@workspace-aps/client";

/** The bounds that the HTTP conventions advise, in seconds. */
const durationBounds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/**
 * Makes an `onEvent` that turns what a client tells into OpenTelemetry: a client span for each attempt of a request, a child of the
 * span in which the call is made, and metrics. Names are those of the conventions for HTTP clients
 * (https://opentelemetry.io/docs/specs/semconv/http/), what they have no name for begins with `aps.`. Nothing secret is in them.
 *
 * | metric | what |
 * | --- | --- |
 * | `http.client.request.duration` | seconds of each attempt |
 * | `aps.client.retries` | attempts that are repeated, by operation and reason |
 * | `aps.client.renewals` | credentials that were renewed, and clocks that were corrected |
 * | `aps.client.searches` | looks into what became of a lost request, by verdict |
 * | `aps.client.polls` | looks at jobs, by status |
 *
 * Spans are made when an attempt has ended, so that a span's id is in no header of its request.
 */
export function openTelemetry(options: TelemetryOptions = {}): (event: ClientEvent) => void {
  const tracer = options.tracer ?? trace.getTracer(scope, contractVersion);
  const meter = options.meter ?? metrics.getMeter(scope, contractVersion);
  const duration = meter.createHistogram("http.client.request.duration", {
    description: "Duration of HTTP client requests.",
    unit: "s",
    advice: { explicitBucketBoundaries: durationBounds },
  });
  const counter = (name: string, unit: string, description: string) =>
    meter.createCounter(`aps.client.${name}`, { unit, description });
  const retries = counter("retries", "{retry}", "Attempts that are repeated.");
  const renewals = counter("renewals", "{renewal}", "Credentials that were renewed, and clocks that were corrected.");
  const searches = counter("searches", "{look}", "Looks into what became of a lost request.");
  const polls = counter("polls", "{look}", "Looks at jobs.");

  return (event) => {
    switch (event.type) {
      case "response":
      case "failure":
        return ended(event);
      case "retry":
        return retries.add(1, { "aps.operation": event.operationId, "error.type": event.reason });
      case "renewal":
        return renewals.add(1, { "aps.operation": event.operationId, "aps.renewal.reason": event.reason });
      case "search":
        return searches.add(1, { "aps.search.verdict": event.verdict });
      case "poll":
        return polls.add(1, { "aps.job.status": event.status });
      case "request":
    }
  };

  function ended(event: ClientEvent & { readonly type: "response" | "failure" }): void {
    const endTime = Date.now();
    const measured = measuredOf(event);
    const name = event.template === undefined ? event.method : `${event.method} ${event.template}`;
    const startTime = endTime - event.durationMs;
    const attributes = attributesOf(event);
    const span = tracer.startSpan(name, { kind: SpanKind.CLIENT, startTime, attributes }, context.active());
    if (measured["error.type"] !== undefined) span.setStatus({ code: SpanStatusCode.ERROR });
    span.end(endTime);
    duration.record(event.durationMs / 1000, measured);
  }
}
