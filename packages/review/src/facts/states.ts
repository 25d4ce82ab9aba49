import type { Change, Verdict } from "../change.ts";
import { asNode, type Node, pointerTo } from "../document.ts";
import { operationsOf } from "../operations.ts";
import { namesOf, without } from "./sets.ts";

const block = "x-aps-preconditions";

/** Compares the states in which operations are not refused. */
export function compareStates(before: Node, after: Node): Change[] {
  const old = new Map(operationsOf(before).map(({ operationId, node }) => [operationId, asNode(node[block])]));
  return operationsOf(after).flatMap(({ operationId, path, method, node }) => {
    const was = old.get(operationId);
    if (was === undefined) return [];
    const is = asNode(node[block]);
    return [...new Set([...Object.keys(was), ...Object.keys(is)])].flatMap((kind) => {
      const pointer = pointerTo("paths", path, method, block, ...(kind in is ? [kind] : []));
      const change = (verdict: Verdict, rule: string, says: string): Change => ({ verdict, rule, says, pointer });
      if (!(kind in was)) {
        return [change("breaking", "states-narrowed", `It is now refused in some states of the ${kind}.`)];
      }
      if (!(kind in is))
        return [change("safe", "states-widened", `It is refused in no state of the ${kind} any more.`)];
      const [lost, gained] = [without(was[kind], is[kind]), without(is[kind], was[kind])];
      return [
        ...(lost.length === 0
          ? []
          : [change("breaking", "states-narrowed", `It is now refused in the ${kind}'s state ${namesOf(lost)}.`)]),
        ...(gained.length === 0
          ? []
          : [change("safe", "states-widened", `It is now allowed in the ${kind}'s state ${namesOf(gained)}.`)]),
      ];
    });
  });
}
