import type { Context } from "../context.ts";
import { startTraffic } from "../streaming/traffic.ts";
import { rulesOf } from "../world/rules.ts";
import { unkindness } from "../world/unkindness.ts";
import type { World } from "../world/world.ts";

/**
 * Makes a running emulator unkind: what is drawn from the seed is added to its faults, and wins over its rules and clock.
 *
 * @returns what it has added.
 */
export function makeUnkind(context: Context, seed: number): Pick<World, "faults" | "rules" | "clock"> {
  const { state, clock } = context;
  const { faults, rules, skewMs, traffic } = unkindness(seed);
  for (const fault of faults) context.faults.add(fault);
  context.rules = rulesOf({ ...context.rules, ...rules });
  clock.skewMs = skewMs;
  for (const { streaming } of state.projects.values())
    for (const id of streaming.groups.keys()) startTraffic(streaming, id, traffic, clock.now());
  return { faults, rules, clock: { skewMs } };
}
