import { unkindness } from "./unkindness.ts";
import type { World } from "./world.ts";

/**
 * A world with all that makes it unkind, see `unkindness`.
 *
 * @param world what is there. Its own faults, rules, clock and traffic hold too, and win.
 * @param seed what is drawn, and how much of it; the same seed gives the same world.
 */
export function unkindWorld(world: World, seed: number): World {
  const { faults, rules, skewMs, traffic } = unkindness(seed);
  return {
    ...world,
    ...(world.serverGroups === undefined
      ? {}
      : { serverGroups: world.serverGroups.map((group) => ({ traffic, ...group })) }),
    faults: [...(world.faults ?? []), ...faults],
    rules: { ...rules, ...world.rules },
    clock: { skewMs, ...world.clock },
  };
}
