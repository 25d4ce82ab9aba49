import type { Change, Verdict } from "../change.ts";
import { asNode, type Node, pointerTo } from "../document.ts";
import { operationsOf } from "../operations.ts";
import { stable } from "../schema/side.ts";
import { namesOf, without } from "./sets.ts";

type Finding = readonly [verdict: Verdict, rule: string, says: string, field?: string];

const block = "x-aps-authorization";
const known = new Set(
  `action roleAction resourceType furtherResourceTypes dependencies aliases conditionKeys conditionKeysApplyTo resourceRequired accessLevel
  x-aps-source`.split(/\s+/),
);

/** Compares the permissions that callers need. Whoever calls the operation may need a new policy. */
export function comparePermissions(before: Node, after: Node): Change[] {
  const old = new Map(operationsOf(before).map((operation) => [operation.operationId, operation.node]));
  return operationsOf(after).flatMap(({ operationId, path, method, node }) => {
    const former = old.get(operationId);
    if (former === undefined) return [];
    return findings(former[block], node[block]).map(([verdict, rule, says, field]) => ({
      verdict,
      rule,
      says,
      pointer: pointerTo("paths", path, method, block, ...(field === undefined ? [] : [field])),
    }));
  });
}

function findings(was: unknown, is: unknown): Finding[] {
  if (JSON.stringify(was) === JSON.stringify(is)) return [];
  if (was === undefined) return [["safe", "permission-known", "The permission is described now."]];
  if (is === undefined) return [["risky", "permission-unknown", "The permission is no longer described."]];
  const [old, now] = [asNode(was), asNode(is)];
  const found = [
    ...action(old, now, "action"),
    ...action(old, now, "roleAction"),
    ...action(old, now, "resourceType"),
    ...level(old, now),
    ...gained(old, now, "dependencies", "breaking", "permission-dependency-added"),
    ...lost(old, now, "dependencies", "safe", "permission-dependency-removed"),
    ...gained(old, now, "furtherResourceTypes", "breaking", "permission-needs-resource"),
    ...lost(old, now, "furtherResourceTypes", "safe", "permission-resource-removed"),
    ...gained(old, now, "aliases", "safe", "permission-alias-added"),
    ...lost(old, now, "aliases", "breaking", "permission-alias-removed"),
    ...gained(old, now, "conditionKeys", "safe", "condition-key-added"),
    ...lost(old, now, "conditionKeys", "risky", "condition-key-removed"),
    ...scope(old, now),
  ];
  for (const field of new Set([...Object.keys(old), ...Object.keys(now)])) {
    if (known.has(field) || stable(old[field]) === stable(now[field])) continue;
    found.push([
      "risky",
      "permission-unknown-fact",
      `\`${field}\` of the permission changed. No rule knows what this means to callers.`,
      field,
    ]);
  }
  if (found.length === 0 && stable(inOneOrder(old)) === stable(inOneOrder(now))) return [];
  return found.length > 0 ? found : [["safe", "permission-reworded", "Other facts about the permission changed."]];
}

/** Lists of permissions and keys have no order. */
function inOneOrder(block: Node): Node {
  return Object.fromEntries(
    Object.entries(block).map(([key, value]) => [key, Array.isArray(value) ? value.map(String).sort() : value]),
  );
}

/** A name that becomes known is news, and no change of the service. */
function action(was: Node, is: Node, field: string): Finding[] {
  if (was[field] === is[field]) return [];
  const isLearnt = was[field] === "unknown";
  const isForgotten = is[field] === "unknown";
  const verdict = isLearnt || is[field] === "none" ? "safe" : isForgotten ? "risky" : "breaking";
  const says = `\`${field}\` of the permission was \`${was[field]}\`, is \`${is[field]}\`.`;
  return [[verdict, isLearnt ? "permission-known" : "permission-changed", says, field]];
}

/** Policies may allow all actions of a level. */
function level({ accessLevel: was }: Node, { accessLevel: is }: Node): Finding[] {
  if (was === is) return [];
  const says = `The access level of the permission was \`${was}\`, is \`${is}\`.`;
  return [[was === "unknown" ? "safe" : "risky", "permission-level-changed", says, "accessLevel"]];
}

function gained(was: Node, is: Node, field: string, verdict: Verdict, rule: string): Finding[] {
  const names = without(is[field], was[field]);
  return names.length === 0 ? [] : [[verdict, rule, `\`${field}\` of the permission gained ${namesOf(names)}.`, field]];
}

function lost(was: Node, is: Node, field: string, verdict: Verdict, rule: string): Finding[] {
  return gained(is, was, field, verdict, rule).map(([, , says]) => [
    verdict,
    rule,
    says.replace("gained", "lost"),
    field,
  ]);
}

function scope(was: Node, is: Node): Finding[] {
  const found: Finding[] = [];
  if (is.resourceRequired === true && was.resourceRequired === false) {
    found.push(["breaking", "permission-needs-resource", "A policy must now name the resources.", "resourceRequired"]);
  }
  const [former, now] = [was.conditionKeysApplyTo, is.conditionKeysApplyTo];
  if (former !== undefined && now !== undefined && former !== now) {
    const says = `The condition keys were those of the ${former}, are those of the ${now}.`;
    found.push(["risky", "condition-keys-apply-otherwise", says, "conditionKeysApplyTo"]);
  }
  return found;
}
