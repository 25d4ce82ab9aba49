import { context, metrics, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import { BasicTracerProvider, InMemorySpanExporter, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { serve } from "@workspace-aps/emulator/node";
import { afterAll, expect, it } from "vitest";
import { clientFor } from "../src/command/settings.ts";
import { openFleet } from "../src/index.ts";
import { databaseOrSkip } from "./postgres.ts";
import { testKey, workerEnvironment, worldOf } from "./world.ts";

const { emulator, images } = worldOf({ servers: { 1: ["server-1", "broken"] }, speed: 100, jobs: "poll" });
const [service, database] = await Promise.all([serve(emulator), databaseOrSkip()]);
const spans = new InMemorySpanExporter();
const measures = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
const reader = new PeriodicExportingMetricReader({ exporter: measures, exportIntervalMillis: 3_600_000 });
trace.setGlobalTracerProvider(new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] }));
context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
metrics.setGlobalMeterProvider(new MeterProvider({ readers: [reader] }));
const client = clientFor(workerEnvironment(database.url, service.url, 100));
const fleet = openFleet({ databaseUrl: database.url, client });

afterAll(async () => {
  trace.disable();
  metrics.disable();
  context.disable();
  await fleet[Symbol.asyncDispose]();
  await Promise.all([service.close(), database[Symbol.asyncDispose]()]);
});

it("tells OpenTelemetry of every image and every look with their requests, of how many are open, and of no key", async () => {
  const effect = { type: "answer", status: 403, body: {} } as const;
  emulator.faults.add({ operation: "RecreateServerImage", resource: "broken", effect });
  await fleet.submit("nightly", images);
  const ends = new AbortController();
  const pace = { sweepIntervalMs: 100, lookIntervalMs: 100, pollIntervalMs: 500 };
  const worker = fleet.work({ ...pace, signal: ends.signal });
  await expect.poll(async () => (await fleet.status("nightly")).hasEnded, { interval: 50 }).toBe(true);
  await reader.forceFlush();
  ends.abort();
  await worker;

  const finished = spans.getFinishedSpans();
  const starts = finished.filter(({ name }) => name === "start image").map(({ attributes }) => attributes);
  const results = Object.fromEntries(starts.map((each) => [each["aps.server.id"], each["aps_fleet.result"]]));
  expect(results).toEqual({ "server-1": "started", broken: "refused" });
  expect(starts[0]).toMatchObject({ "aps_fleet.run": "nightly", "aps.region": images[0]?.region });
  const above = (operation: string) =>
    finished
      .filter(({ attributes }) => attributes["aps.operation"] === operation)
      .map(
        ({ parentSpanContext: parent }) => finished.find((span) => span.spanContext().spanId === parent?.spanId)?.name,
      );
  expect(above("RecreateServerImage")).toEqual(["start image", "start image"]);
  expect(new Set(above("ShowImageJob"))).toEqual(new Set(["look at jobs"]));
  const looks = finished.filter(({ name }) => name === "look at jobs").map(({ attributes }) => attributes);
  expect(looks.at(-1)).toMatchObject({ "aps_fleet.jobs.made": 1 });

  const exported = measures.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics);
  const own = exported.filter(({ scope }) => scope.name === "@workspace-aps/fleet").flatMap((each) => each.metrics);
  const points = (name: string) => own.find(({ descriptor }) => descriptor.name === name)?.dataPoints ?? [];
  expect(points("aps_fleet.image.starts").map(({ value }) => value)).toEqual([1, 1]);
  expect(points("aps_fleet.jobs.ended")).toMatchObject([{ value: 1, attributes: { "aps_fleet.result": "made" } }]);
  expect(points("aps_fleet.images.open")).toHaveLength(3);
  expect(points("aps_fleet.image.start.duration")).not.toEqual([]);
  const everything = JSON.stringify([finished.map(({ name, attributes, events }) => [name, attributes, events]), own]);
  for (const secret of [testKey.id, testKey.secret, new URL(database.url).password])
    expect(everything).not.toContain(secret);
});
