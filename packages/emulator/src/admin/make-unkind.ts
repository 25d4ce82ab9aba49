import type { Context } from "../context.ts";
import { startTraffic } from "../streaming/traffic.ts";
import { rulesOf } from "../world/rules.ts";
import { unkindWorld } from "../world/unkind.ts";
import type { World } from "../world/world.ts";

/** Adds to what there is all that makes it unkind, drawn from a seed. What it has added. */
export function makeUnkind(context: Context, seed: number): Pick<World, "faults" | "rules" | "clock"> {
  const { state, clock } = context;
  const groups = [...state.projects].flatMap(([projectId, { streaming }]) =>
    [...streaming.groups.values()].map(({ id, name, image_id: imageId }) => ({ id, projectId, name, imageId })),
  );
  const unkind = unkindWorld({ projects: [], users: [], servers: [], serverGroups: groups }, seed);
  for (const fault of unkind.faults ?? []) context.faults.add(fault);
  context.rules = rulesOf({ ...context.rules, ...unkind.rules });
  clock.skewMs = unkind.clock?.skewMs ?? clock.skewMs;
  for (const { id, projectId, traffic } of unkind.serverGroups ?? []) {
    const streaming = state.projects.get(projectId)?.streaming;
    if (streaming !== undefined && traffic !== undefined) startTraffic(streaming, id, traffic, clock.now());
  }
  return { faults: unkind.faults ?? [], rules: unkind.rules ?? {}, clock: unkind.clock ?? {} };
}
