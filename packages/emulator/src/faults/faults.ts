import { isViewEffect } from "../views/view.ts";
import type { ArmedFaults, FaultedCall } from "./armed.ts";
import { effects } from "./effects.ts";
import type { Fault } from "./fault.ts";
import { type Hit, noHits } from "./hit.ts";
import { readFault } from "./read-fault.ts";

interface Armed extends Fault {
  readonly id: number;
  left: number;
  /** How many calls it would have hit, had they not come too early for it. */
  seen: number;
  /** When it was called, on the emulator's clock; for a fault that throttles. */
  readonly calledAtMs: number[];
}

/** Makes an empty set of faults. `random` decides those that have a probability, `now` is the emulator's clock. */
export function createFaults(random: () => number, now: () => number): ArmedFaults {
  const armed = new Map<number, Armed>();
  let lastId = 0;
  return {
    add(given) {
      const fault = readFault(given);
      lastId += 1;
      const { probability, effect } = fault;
      const isLasting = probability !== undefined || effect.type === "throttle" || isViewEffect(effect);
      const left = fault.times ?? (isLasting ? Number.POSITIVE_INFINITY : 1);
      armed.set(lastId, { ...fault, id: lastId, left, seen: 0, calledAtMs: [] });
      return lastId;
    },
    remove: (id) => armed.delete(id),
    clear: () => armed.clear(),
    list: () =>
      [...armed.values()].map(({ calledAtMs: _, seen: __, left, ...fault }) =>
        left === Infinity ? fault : { ...fault, left },
      ),
    take(call) {
      if (armed.size === 0) return noHits;
      const hits: Hit[] = [];
      let isDecided = false;
      for (const fault of armed.values()) {
        if (!fits(fault, call)) continue;
        const { id, effect } = fault;
        const decides = decidesAnswer(fault);
        if (decides && isDecided) continue;
        fault.seen += 1;
        if (fault.seen < (fault.from ?? 1)) continue;
        if (effect.type === "throttle" && !isOver(fault, effect, now())) continue;
        if (fault.probability !== undefined && random() >= fault.probability) continue;
        isDecided ||= decides;
        hits.push(hitOf(fault, random));
        fault.left -= 1;
        if (fault.left <= 0) armed.delete(id);
      }
      return hits;
    },
  };
}

function fits({ operation, resource, effect }: Fault, { route, isAbout }: FaultedCall): boolean {
  if (operation === undefined ? !effects[effect.type].suits(route) : operation !== route.operationId) return false;
  // What is seen is bound to a resource record by record: a list names none.
  return resource === undefined || isViewEffect(effect) || isAbout(resource);
}

function decidesAnswer({ effect }: Fault): boolean {
  return effect.type !== "delay" && effect.type !== "job" && !isViewEffect(effect);
}

function hitOf({ id, effect, resource }: Armed, random: () => number): Hit {
  return {
    id,
    effect,
    ...(resource === undefined ? {} : { resource }),
    ...(effect.type === "order" && effect.by === "random" ? { drawn: random() } : {}),
  };
}

/** Whether a call comes too soon after those before it. Calls that are refused do not count. */
function isOver(
  { calledAtMs }: Armed,
  { requests, perSeconds }: { requests: number; perSeconds: number },
  nowMs: number,
): boolean {
  while (calledAtMs.length > 0 && (calledAtMs[0] as number) <= nowMs - perSeconds * 1000) calledAtMs.shift();
  if (calledAtMs.length >= requests) return true;
  calledAtMs.push(nowMs);
  return false;
}
