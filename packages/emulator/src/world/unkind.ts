import type { Fault } from "../faults/fault.ts";
import type { ViewEffect } from "../views/effect.ts";
import { createIds } from "./ids.ts";
import type { World } from "./world.ts";

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

/**
 * A world with all that makes it unkind: views that lag and lack things, requests that are lost, late or repeated,
 * throttling, another clock. How much of what is drawn from the seed; the same seed gives the same world.
 *
 * @param world what is there. Its own faults, rules and clock hold too, and win.
 */
export function unkindWorld(world: World, seed: number): World {
  const { random } = createIds(seed);
  const between = (least: number, most: number) => Math.round(least + random() * (most - least));
  const oneOf = <T>(values: readonly T[]) => values[Math.floor(random() * values.length)] as T;
  const perhaps = <T>(likely: number, make: () => T): T[] => {
    // Drawn whether or not it is used, so that one decision does not move all others.
    const [isDrawn, made] = [random() < likely, make()];
    return isDrawn ? [made] : [];
  };
  const view = (effect: ViewEffect, ...operations: readonly string[]): Fault[] =>
    operations.map((operation) => ({ operation, effect }));
  const lists = ["ListImageJobs", "ListImageSubJobs"];
  const jobs = ["ShowImageJob", ...lists];
  const lag = (operation: string): Fault => ({ operation, effect: { type: "lag", ms: between(0, 120 * second) } });
  const faults: Fault[][] = [
    ...["ShowImageServer", "ListImageServers", "ListImageJobs", "ListImageSubJobs"].flatMap((operation) =>
      perhaps(0.5, () => [lag(operation)]),
    ),
    ...perhaps(0.3, () => [lag("RecreateServerImage")]),
    ...perhaps(0.5, () => view({ type: "hide", forFirstMs: between(second, 30 * second) }, "ShowImageJob")),
    ...perhaps(0.3, () => view({ type: "hide", afterEndMs: between(10 * minute, 2 * hour) }, ...lists)),
    ...perhaps(0.5, () => {
      const lacks = oneOf(["part", "resource"] as const);
      return view({ type: "lateResult", ms: between(second, 30 * second), lacks }, ...jobs.slice(0, 1));
    }),
    ...perhaps(0.2, () => view({ type: "fields", omit: ["resource_name"], onlyRunning: true }, ...jobs)),
    ...perhaps(0.2, () => view({ type: "fields", omit: ["begin_time"], onlyRunning: random() < 0.5 }, ...jobs)),
    ...perhaps(0.2, () => view({ type: "name", form: oneOf(["server", "upper"] as const) }, ...jobs)),
    ...perhaps(0.2, () =>
      view({ type: "times", form: oneOf(["noZone", "offset", "local", "blank"] as const) }, ...jobs),
    ),
    ...perhaps(0.5, () => view({ type: "order", by: oneOf(["oldest", "mixed", "random"] as const) }, ...lists)),
    ...perhaps(0.3, () => view({ type: "page", most: between(1, 20) }, ...lists)),
    [{ operation: "RecreateServerImage", probability: 0.1, effect: { type: "replay" } }],
    [{ operation: "RecreateServerImage", probability: 0.05, effect: { type: "cut", afterWork: true } }],
    [
      {
        operation: "RecreateServerImage",
        probability: 0.05,
        effect: { type: "cut", afterWork: false, workAfterMs: between(second, 30 * second) },
      },
    ],
    [{ probability: 0.02, effect: { type: "cut", afterWork: false } }],
    [{ probability: 0.02, effect: { type: "answer", status: oneOf([500, 502, 503, 504]), body: {} } }],
    ...perhaps(0.5, () => [{ effect: { type: "throttle", requests: between(20, 60), perSeconds: 60 } } as const]),
  ];
  const rules = {
    lockKeys: true,
    takenNames: oneOf(["allowed", "refused", "failed"] as const),
    afterFailedImage: oneOf(["BUILT", "ACTIVE", "ERROR"] as const),
  };
  const skewMs = between(-8 * hour, 8 * hour);
  return {
    ...world,
    faults: [...(world.faults ?? []), ...faults.flat()],
    rules: { ...rules, ...world.rules },
    clock: { skewMs, ...world.clock },
  };
}
