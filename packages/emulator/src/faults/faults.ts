import type { Fault, FaultEffect, Faults } from "./fault.ts";

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
): Faults & { take(operationId: string): FaultEffect[] } {
  const armed = new Map<number, Armed>();
  let lastId = 0;
  return {
    add(fault) {
      lastId += 1;
      const isLasting = fault.probability !== undefined || fault.effect.type === "throttle";
      const left = fault.times ?? (isLasting ? Number.POSITIVE_INFINITY : 1);
      armed.set(lastId, { ...fault, id: lastId, left, calledAtMs: [] });
      return lastId;
    },
    remove: (id) => armed.delete(id),
    clear: () => armed.clear(),
    list: () => [...armed.values()].map(({ calledAtMs: _, ...fault }) => fault),
    /** The effects that hit a call of an operation; each is used up by one. Of those that decide the answer, the first. */
    take(operationId) {
      const effects: FaultEffect[] = [];
      let isDecided = false;
      for (const fault of armed.values()) {
        if (fault.operation !== undefined && fault.operation !== operationId) continue;
        const decides = fault.effect.type !== "delay" && fault.effect.type !== "job";
        if (decides && isDecided) continue;
        if (fault.effect.type === "throttle" && !isOver(fault, fault.effect, now())) continue;
        if (fault.probability !== undefined && random() >= fault.probability) continue;
        isDecided ||= decides;
        effects.push(fault.effect);
        fault.left -= 1;
        if (fault.left <= 0) armed.delete(fault.id);
      }
      return effects;
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
