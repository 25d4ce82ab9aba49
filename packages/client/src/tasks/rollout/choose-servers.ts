import type { RolloutState } from "./rollout-state.ts";
import { isBroken, isInService, type SeenServer } from "./seen-server.ts";

/** How many servers of a group take users, less those that the rollout has in hand, whatever a late view shows. */
export function inService(state: RolloutState, seen: Iterable<SeenServer>): number {
  let count = 0;
  for (const server of seen) {
    if (isInService(server) && (state.servers.get(server.id)?.hold ?? "none") === "none") count += 1;
  }
  return count;
}

/**
 * Chooses the servers that are drained next: those with the fewest users first, never more than may be out of service. The
 * first ones go alone, and no other follows before all of them are back.
 *
 * @param candidates servers that are still to be moved.
 */
export function chooseServers(
  state: RolloutState,
  seen: ReadonlyMap<string, SeenServer>,
  candidates: readonly SeenServer[],
): SeenServer[] {
  const { plan, floor, turned } = state;
  const usable = candidates.filter(isInService).sort((a, b) => a.sessions - b.sessions);
  // Servers that have come since the start do not let more of the others be taken out.
  const slots = Math.max(
    0,
    Math.min(inService(state, seen.values()) - floor, (plan?.maxUnavailable ?? 1) - outOf(state, seen)),
  );
  if (turned !== undefined) return usable.slice(0, slots);
  const states = [...state.servers.values()];
  const moved = states.filter(({ movedTo, hold }) => movedTo !== undefined && hold === "none").length;
  const inHand = states.filter(
    ({ hold, left, failed }) => hold !== "none" && left === undefined && failed === undefined,
  ).length;
  const canary = plan?.canary ?? 0;
  const most = moved >= canary ? slots : Math.min(slots, canary - moved - inHand);
  return usable.slice(0, Math.max(0, most));
}

/** How many servers the rollout has taken out of service. On the way back, those that are broken have none to be taken out of. */
function outOf({ servers, turned }: RolloutState, seen: ReadonlyMap<string, SeenServer>): number {
  let count = 0;
  for (const [id, { hold }] of servers) {
    const server = seen.get(id);
    if (hold !== "none" && server !== undefined && !(turned !== undefined && isBroken(server))) count += 1;
  }
  return count;
}
