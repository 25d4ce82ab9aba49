import type { Fault } from "../faults/fault.ts";
import type { Traffic } from "../streaming/records.ts";
import type { ViewEffect } from "../views/effect.ts";
import { createIds } from "./ids.ts";
import { type Rules, statesAfterFailedImage } from "./rules.ts";

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/** What makes a world unkind. */
export interface Unkindness {
  readonly faults: readonly Fault[];
  readonly rules: Partial<Rules>;
  /** How far the clock is ahead of this machine's, in milliseconds; negative when behind. */
  readonly skewMs: number;
  /** Users who come and go in every group. */
  readonly traffic: Traffic;
}

/**
 * All that makes a world unkind: views that lag and lack things, requests that are lost, late or repeated, throttling,
 * another clock, users who come and go. How much of what is drawn from the seed; the same seed gives the same.
 */
export function unkindness(seed: number): Unkindness {
  const draw = drawer(seed);
  const calls = callFaults(draw);
  const images = imageFaults(draw);
  const rules = imageRules(draw);
  const skewMs = draw.between(-8 * hour, 8 * hour);
  const servers = serverFaults(draw);
  const traffic = { usersPerHour: draw.between(6, 30), meanMinutes: draw.between(10, 60) };
  return { faults: [...images, ...calls, ...servers], rules: { ...rules, ...serverRules(draw) }, skewMs, traffic };
}

/** Draws what a world is like. */
interface Draw {
  random(): number;
  /** A whole number. */
  between(least: number, most: number): number;
  oneOf<T>(values: readonly T[]): T;
  /** What is made, or nothing. It is drawn in any case, so that one decision does not move all others. */
  perhaps(likely: number, make: () => readonly Fault[]): readonly Fault[];
}

function drawer(seed: number): Draw {
  const { random } = createIds(seed);
  return {
    random,
    between: (least, most) => Math.round(least + random() * (most - least)),
    oneOf: <T>(values: readonly T[]) => values[Math.floor(random() * values.length)] as T,
    perhaps(likely, make) {
      const [isDrawn, made] = [random() < likely, make()];
      return isDrawn ? made : [];
    },
  };
}

function seenBy(effect: ViewEffect, operations: readonly string[]): Fault[] {
  return operations.map((operation) => ({ operation, effect }));
}

/** What happens to requests that start something, and to any request. */
function callFaults({ between, oneOf, perhaps }: Draw): readonly Fault[] {
  const starters = ["RecreateServerImage", "ChangeServerImage", "BatchChangeServerImage"];
  return [
    ...starters.flatMap((operation): readonly Fault[] => [
      { operation, probability: 0.1, effect: { type: "replay" } },
      { operation, probability: 0.05, effect: { type: "cut", afterWork: true } },
      {
        operation,
        probability: 0.05,
        effect: { type: "cut", afterWork: false, workAfterMs: between(second, 30 * second) },
      },
    ]),
    { probability: 0.02, effect: { type: "cut", afterWork: false } },
    { probability: 0.02, effect: { type: "answer", status: oneOf([500, 502, 503, 504]), body: {} } },
    ...perhaps(0.5, () => [{ effect: { type: "throttle", requests: between(20, 60), perSeconds: 60 } }]),
  ];
}

/** How image servers and their jobs are seen. */
function imageFaults({ random, between, oneOf, perhaps }: Draw): readonly Fault[] {
  const lists = ["ListImageJobs", "ListImageSubJobs"];
  const jobs = ["ShowImageJob", ...lists];
  const lag = (operation: string) => seenBy({ type: "lag", ms: between(0, 120 * second) }, [operation]);
  return [
    ...["ShowImageServer", "ListImageServers", ...lists].flatMap((operation) => perhaps(0.5, () => lag(operation))),
    ...perhaps(0.3, () => lag("RecreateServerImage")),
    ...perhaps(0.5, () => seenBy({ type: "hide", forFirstMs: between(second, 30 * second) }, ["ShowImageJob"])),
    ...perhaps(0.3, () => seenBy({ type: "hide", afterEndMs: between(10 * minute, 2 * hour) }, lists)),
    ...perhaps(0.5, () => {
      const lacks = oneOf(["part", "resource"] as const);
      return seenBy({ type: "lateResult", ms: between(second, 30 * second), lacks }, ["ShowImageJob"]);
    }),
    ...perhaps(0.2, () => seenBy({ type: "fields", omit: ["resource_name"], onlyRunning: true }, jobs)),
    ...perhaps(0.2, () => seenBy({ type: "fields", omit: ["begin_time"], onlyRunning: random() < 0.5 }, jobs)),
    ...perhaps(0.2, () => seenBy({ type: "name", form: oneOf(["server", "upper"] as const) }, jobs)),
    ...perhaps(0.2, () =>
      seenBy({ type: "times", form: oneOf(["noZone", "offset", "local", "blank"] as const) }, jobs),
    ),
    ...perhaps(0.5, () => seenBy({ type: "order", by: oneOf(["oldest", "mixed", "random"] as const) }, lists)),
    ...perhaps(0.3, () => seenBy({ type: "page", most: between(1, 20) }, lists)),
  ];
}

/** How application servers, their users and jobs are seen, and what becomes of those jobs. */
function serverFaults({ between, oneOf, perhaps }: Draw): readonly Fault[] {
  const lists = ["ListServers", "ListSubJobs", "ListSessions", "ListImages"];
  const seen = [...lists, "ShowServer", "ShowServerGroup", "ShowServerGroupState"];
  const lag = (operation: string) => seenBy({ type: "lag", ms: between(0, 60 * second) }, [operation]);
  const failure = { code: "WKS.00129901", message: "The server could not be re-imaged." };
  const reimages = ["ChangeServerImage", "BatchChangeServerImage"];
  return [
    ...seen.flatMap((operation) => perhaps(0.5, () => lag(operation))),
    ...perhaps(0.5, () => seenBy({ type: "hide", forFirstMs: between(second, 30 * second) }, ["ShowJobDetail"])),
    ...perhaps(0.3, () =>
      seenBy({ type: "lateResult", ms: between(second, 30 * second), lacks: "part" }, ["ShowJobDetail"]),
    ),
    ...perhaps(0.5, () => seenBy({ type: "order", by: oneOf(["oldest", "mixed", "random"] as const) }, lists)),
    ...perhaps(0.3, () => seenBy({ type: "page", most: between(1, 20) }, lists)),
    ...reimages.flatMap((operation): readonly Fault[] => [
      { operation, probability: 0.03, effect: { type: "job", fate: { fail: failure } } },
      {
        operation,
        probability: 0.1,
        effect: { type: "job", fate: { registerAfterMs: between(minute, 10 * minute) } },
      },
    ]),
  ];
}

function imageRules({ oneOf }: Draw): Partial<Rules> {
  return {
    lockKeys: true,
    takenNames: oneOf(["allowed", "refused", "failed"] as const),
    afterFailedImage: oneOf(statesAfterFailedImage),
  };
}

function serverRules({ between, oneOf }: Draw): Partial<Rules> {
  return {
    registerAfterMs: between(0, 3 * minute),
    sessionsAtReimage: oneOf(["end", "refused"] as const),
    reimageNeedsMaintenance: oneOf([true, false]),
    otherImages: oneOf(["allowed", "refused"] as const),
    maintenanceAfterReimage: oneOf(["kept", "reset"] as const),
    afterFailedReimage: oneOf(["broken", "unchanged"] as const),
    scalingTakesDrained: oneOf([true, false]),
    usedImages: oneOf(["refused", "allowed"] as const),
  };
}
