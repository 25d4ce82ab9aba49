import type { Change } from "../change.ts";
import { type Node, pointerTo } from "../document.ts";
import { operationsOf } from "../operations.ts";

const field = "x-aps-rate-limit";

/** Compares the policies of rates. The numbers behind their names are not public, so that any may be stricter. */
export function compareRateLimits(before: Node, after: Node): Change[] {
  const old = new Map(operationsOf(before).map(({ operationId, node }) => [operationId, node[field]]));
  return operationsOf(after).flatMap(({ operationId, path, method, node }): Change[] => {
    if (!old.has(operationId) || old.get(operationId) === node[field]) return [];
    const says = `The policy of rates was \`${old.get(operationId) ?? "none"}\`, is \`${node[field] ?? "none"}\`.`;
    return [{ verdict: "risky", rule: "rate-limit-changed", says, pointer: pointerTo("paths", path, method, field) }];
  });
}
