import type { Change } from "../change.ts";
import { asNode, isNode, type Node, pointerTo } from "../document.ts";
import { operationsOf } from "../operations.ts";
import { stable } from "../schema/side.ts";

const block = "x-aps-batch";

/** Compares which operations take several ids, and where their ids and answers are: a client splits lists by it. */
export function compareBatches(before: Node, after: Node): Change[] {
  const old = new Map(operationsOf(before).map(({ operationId, node }) => [operationId, node[block]]));
  return operationsOf(after).flatMap(({ operationId, path, method, node }) => {
    const [was, is] = [old.get(operationId), node[block]];
    if (!old.has(operationId) || stable(was) === stable(is)) return [];
    const change = (verdict: Change["verdict"], rule: string, says: string): Change[] => [
      { verdict, rule, says, pointer: pointerTo("paths", path, method, block) },
    ];
    if (was === undefined) return change("safe", "batch-known", "It is known to take several ids now.");
    if (is === undefined) return change("breaking", "batch-removed", "It is no longer said to take several ids.");
    const [former, now] = [asNode(was), asNode(is)];
    const kept = Object.keys(former).every((key) => stable(former[key]) === stable(now[key]));
    const isNews = kept && Object.keys(now).every((key) => key in former || (key === "answers" && isNode(now[key])));
    return isNews
      ? change("safe", "batch-known", "It is known now what its answer says of each id.")
      : change("breaking", "batch-changed", "The ids of a batch, or what is answered of each, are found elsewhere.");
  });
}
