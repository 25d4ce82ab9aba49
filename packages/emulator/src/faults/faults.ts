import type { Fault, FaultEffect, Faults } from "./fault.ts";
import { readFault, startsJob } from "./read-fault.ts";

/** A fault that has hit a call. */
export interface Hit {
  readonly id: number;
  readonly effect: FaultEffect;
}

export const noHits: readonly Hit[] = [];

interface Armed extends Fault {
  readonly id: number;
  left: number;
  /** When it was called, on the emulator's clock; for a fault that throttles. */
  readonly calledAtMs: number[];
}

/** Makes an empty set of faults. `random` decides those that have a probability, `now` is the emulator's clock. */
export function createFaults(
  random: () => number,
  now: () => number,
): Faults & { take(operationId: string): readonly Hit[] } {
  const armed = new Map<number, Armed>();
  let lastId = 0;
  return {
    add(given) {
      const fault = readFault(given);
      lastId += 1;
      const isLasting = fault.probability !== undefined || fault.effect.type === "throttle";
      const left = fault.times ?? (isLasting ? Number.POSITIVE_INFINITY : 1);
      armed.set(lastId, { ...fault, id: lastId, left, calledAtMs: [] });
      return lastId;
    },
    remove: (id) => armed.delete(id),
    clear: () => armed.clear(),
    list: () =>
      [...armed.values()].map(({ calledAtMs: _, left, ...fault }) => (left === Infinity ? fault : { ...fault, left })),
    /** What hits a call of an operation; each fault is used up by one. Of those that decide the answer, the first. */
    take(operationId) {
      if (armed.size === 0) return noHits;
      const hits: Hit[] = [];
      let isDecided = false;
      for (const fault of armed.values()) {
        const { id, effect, operation } = fault;
        if (operation === undefined ? effect.type === "job" && !startsJob(operationId) : operation !== operationId)
          continue;
        const decides = effect.type !== "delay" && effect.type !== "job";
        if (decides && isDecided) continue;
        if (effect.type === "throttle" && !isOver(fault, effect, now())) continue;
        if (fault.probability !== undefined && random() >= fault.probability) continue;
        isDecided ||= decides;
        hits.push({ id, effect });
        fault.left -= 1;
        if (fault.left <= 0) armed.delete(id);
      }
      return hits;
    },
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
