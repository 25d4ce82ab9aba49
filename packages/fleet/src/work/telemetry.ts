import { type Attributes, metrics, type Span, SpanStatusCode, trace } from "@opentelemetry/api";
import type { Session } from "../database/database.ts";
import { literals } from "../database/literals.ts";
import type { ImageRow, ImageState } from "../images/image.ts";
import type { Place } from "../place.ts";
import type { RolloutKey } from "../rollouts/rollout.ts";

/** Those that workers have something to do for. */
const workStates = ["queued", "in doubt", "job"] as const satisfies readonly ImageState[];

const scope = "@workspace-aps/fleet";

/** What a worker tells OpenTelemetry. Without an SDK that the program has set up, all of it does nothing. */
export interface Telemetry {
  /** Spans the start of an image, and counts its result. Requests of the client, if they are traced, are within. */
  start<Result extends { readonly result: string }>(image: ImageRow, task: () => Promise<Result>): Promise<Result>;
  /** Spans a look at the jobs of a place, and counts those that have ended. */
  look<Look extends Ended>(place: Place, task: () => Promise<Look>): Promise<Look>;
  /** Spans what is done for a rollout. */
  roll<Result>(key: RolloutKey, task: () => Promise<Result>): Promise<Result>;
  /** Reads how many images are open, for the gauge. */
  countOpen(session: Session): Promise<void>;
  /** Takes the gauge away. */
  end(): void;
}

/** How many jobs have ended, and how. */
export interface Ended {
  readonly made: number;
  readonly failed: number;
}

/** Asked for when a worker begins, because an SDK may be set up later than this file is loaded. */
export function fleetTelemetry(): Telemetry {
  const tracer = trace.getTracer(scope);
  const meter = metrics.getMeter(scope);
  const starts = meter.createCounter("aps_fleet.image.starts", {
    description: "Attempts to start an image, by result",
    unit: "{attempt}",
  });
  const seconds = meter.createHistogram("aps_fleet.image.start.duration", {
    description: "How long an attempt to start an image takes",
    unit: "s",
  });
  const ended = meter.createCounter("aps_fleet.jobs.ended", {
    description: "Jobs that have ended, by result",
    unit: "{job}",
  });
  const gauge = meter.createObservableGauge("aps_fleet.images.open", {
    description: "Images of all runs that there is something to do for, by state, as every worker sees them",
    unit: "{image}",
  });
  let open: ReadonlyMap<ImageState, number> = new Map();
  const observe = (result: { observe(value: number, attributes: Attributes): void }) => {
    for (const state of workStates) result.observe(open.get(state) ?? 0, { "aps_fleet.state": state });
  };
  gauge.addCallback(observe);

  const spanned = <Result>(name: string, attributes: Attributes, task: (span: Span) => Promise<Result>) =>
    tracer.startActiveSpan(name, { attributes }, async (span) => {
      try {
        return await task(span);
      } catch (error) {
        span.recordException(error as Error);
        span.setStatus({ code: SpanStatusCode.ERROR, message: (error as Error).message });
        throw error;
      } finally {
        span.end();
      }
    });

  return {
    start(image, task) {
      const { run, serverId, name, attempts } = image;
      const place = attributesOf(image);
      const of = { "aps_fleet.run": run, "aps.server.id": serverId, "aps.image.name": name };
      return spanned("start image", { ...place, ...of, "aps_fleet.attempt": attempts + 1 }, async (span) => {
        const startedMs = performance.now();
        const outcome = await task();
        const result = { ...place, "aps_fleet.result": outcome.result };
        span.setAttributes(result);
        starts.add(1, result);
        seconds.record((performance.now() - startedMs) / 1_000, result);
        return outcome;
      });
    },
    look(place, task) {
      const attributes = attributesOf(place);
      return spanned("look at jobs", attributes, async (span) => {
        const look = await task();
        for (const result of ["made", "failed"] as const) {
          span.setAttribute(`aps_fleet.jobs.${result}`, look[result]);
          if (look[result] > 0) ended.add(look[result], { ...attributes, "aps_fleet.result": result });
        }
        return look;
      });
    },
    roll(key, task) {
      const of = { "aps_fleet.run": key.run, "aps.server_group.id": key.serverGroupId };
      return spanned("roll out", { ...attributesOf(key), ...of }, task);
    },
    async countOpen(session) {
      const rows = await session.rows<{ state: ImageState; count: number }>(
        `select state, count(*)::int as count from aps_fleet.image where state in (${literals(workStates)}) group by state`,
      );
      open = new Map(rows.map(({ state, count }) => [state, count]));
    },
    end: () => gauge.removeCallback(observe),
  };
}

function attributesOf({ account, region, projectId }: Place): Attributes {
  return { ...(account === "" ? {} : { "aps.account": account }), "aps.region": region, "aps.project.id": projectId };
}
