import { context, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { afterAll, beforeAll, expect, it } from "vitest";
import { virtual, world } from "../../test/world.ts";
import { type ClientOptions, createImage, waitForImageJob } from "../index.ts";
import { openTelemetry } from "./index.ts";

beforeAll(() => void context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable()));
afterAll(() => context.disable());

/** A client whose events become spans and metrics of the SDK, kept in memory. */
function observed(options: Partial<ClientOptions> = {}) {
  const spans = new InMemorySpanExporter();
  const tracer = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }).getTracer("test");
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 3_600_000 });
  const meters = new MeterProvider({ readers: [reader] });
  const made = virtual({ ...options, onEvent: openTelemetry({ tracer, meter: meters.getMeter("test") }) });
  return {
    ...made,
    tracer,
    spans: () => spans.getFinishedSpans(),
    /** What a metric has counted, by its attributes. */
    async metric(name: string) {
      await meters.forceFlush();
      const found = exporter
        .getMetrics()
        .at(-1)
        ?.scopeMetrics[0]?.metrics.find(({ descriptor }) => descriptor.name === name);
      return found?.dataPoints.map(({ attributes, value }) => ({ attributes, value })) ?? [];
    },
    end: () => meters.shutdown(),
  };
}

const template = "/v1/{project_id}/image-servers";
const place = {
  "http.request.method": "GET",
  "server.address": "127.0.0.1",
  "server.port": 4010,
  "url.scheme": "http",
  "url.template": template,
};

it("each attempt is a client span below that of the caller, named by its template", async () => {
  const { client, emulator, tracer, spans, metric, end } = observed();
  emulator.faults.add({ operation: "ListImageServers", effect: { type: "answer", status: 503, body: {} } });
  const caller = tracer.startSpan("nightly");
  await context.with(trace.setSpan(context.active(), caller), () => client.listImageServers());
  const [failed, repeated] = spans();
  expect(spans()).toHaveLength(2);
  for (const span of spans()) {
    expect([span.name, span.kind]).toEqual([`GET ${template}`, SpanKind.CLIENT]);
    expect(span.parentSpanContext?.spanId).toBe(caller.spanContext().spanId);
    expect(span.attributes).toMatchObject({ ...place, "aps.operation": "ListImageServers" });
    expect(span.attributes["url.full"]).toBe(`http://127.0.0.1:4010/v1/${world.projectId}/image-servers`);
    expect(JSON.stringify(span.attributes)).not.toContain(world.key.accessKeyId);
  }
  expect(failed?.status.code).toBe(SpanStatusCode.ERROR);
  expect(failed?.attributes).toMatchObject({ "http.response.status_code": 503, "error.type": "503" });
  expect(repeated?.status.code).toBe(SpanStatusCode.UNSET);
  expect(repeated?.attributes).toMatchObject({ "http.response.status_code": 200, "http.request.resend_count": 1 });
  expect(repeated?.attributes["aps.request_id"]).toEqual(expect.any(String));

  const durations = await metric("http.client.request.duration");
  expect(durations.map(({ attributes }) => attributes)).toEqual([
    { ...place, "http.response.status_code": 503, "error.type": "503" },
    { ...place, "http.response.status_code": 200 },
  ]);
  expect(durations.map(({ value }) => (value as { count: number }).count)).toEqual([1, 1]);
  expect(await metric("aps.client.retries")).toEqual([
    { attributes: { "aps.operation": "ListImageServers", "error.type": "status 503" }, value: 1 },
  ]);
  await end();
});

it.each([
  ["ConnectionError", () => Promise.reject(new TypeError("no"))],
  ["TimeoutError", () => new Promise<never>(() => {})],
])("an attempt without an answer is a span with the error %s", async (name, fetch) => {
  const { client, spans, metric, end } = observed({ fetch, maxAttempts: 1, timeoutMs: 5 });
  await expect(client.listImageServers()).rejects.toMatchObject({ name });
  expect(spans().map(({ status }) => status.code)).toEqual([SpanStatusCode.ERROR]);
  expect(spans()[0]?.attributes).toMatchObject({ ...place, "error.type": name });
  expect((await metric("http.client.request.duration")).map(({ attributes }) => attributes)).toEqual([
    { ...place, "error.type": name },
  ]);
  await end();
});

it("looks at jobs, and for lost requests, are counted", async () => {
  const { client, emulator, metric, end } = observed();
  emulator.faults.add({ operation: "RecreateServerImage", effect: { type: "cut", afterWork: true } });
  const { jobId } = await createImage(client, { serverId: world.serverId, name: "office" });
  await waitForImageJob(client, jobId);
  expect(await metric("aps.client.searches")).toContainEqual({
    attributes: { "aps.search.verdict": "started" },
    value: 1,
  });
  const polls = await metric("aps.client.polls");
  expect(polls).toContainEqual({ attributes: { "aps.job.status": "SUCCESS" }, value: 1 });
  await end();
});
