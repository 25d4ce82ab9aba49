import { type Change, inOrder } from "../change.ts";
import { type Node, pointerTo } from "../document.ts";
import { compareFacts } from "../facts/compare-facts.ts";
import { homeOf } from "../operations.ts";
import { Side } from "../schema/side.ts";
import { comparePaths } from "./operations.ts";
import type { Pair } from "./pair.ts";
import { compareSchemes } from "./security.ts";
import { compareHosts } from "./servers.ts";
import { unknownFields } from "./unknown-fields.ts";
import type { Found } from "./verdict.ts";
import { compareWords } from "./words.ts";

const fields = `openapi info servers paths webhooks components security tags x-aps-job x-aps-error-codes
  x-aps-sources`.split(/\s+/);

/**
 * Everything that changed between two documents for callers, the gravest first. Two documents that mean the same have no
 * changes, however they are written.
 *
 * @param before the document as it was, bundled.
 * @param after the document as it is, bundled.
 */
export function changesBetween(before: Node, after: Node): Change[] {
  if (before === after) return [];
  const pair = pairOf(before, after);
  const found = [
    ...comparePaths(pair, "paths"),
    // The service calls, and callers answer.
    ...comparePaths({ request: pair.answer, answer: pair.request }, "webhooks"),
    ...compareSchemes(pair.request),
    ...compareHosts(pair.request),
    ...compareDialect(before, after),
    ...unknownFields(pair.request, before, after, fields, []),
  ];
  const changes = [...found.map(asChange), ...compareFacts(before, after)];
  return inOrder(once({ before, after }, [...changes, ...compareWords(before, after).map(asChange)]));
}

function pairOf(before: Node, after: Node): Pair {
  const [old, is] = [new Side(before, "request"), new Side(after, "request")];
  return { request: { old, new: is }, answer: { old: old.facing("answer"), new: is.facing("answer") } };
}

function asChange({ steps, ...rest }: Found): Change {
  return { ...rest, pointer: pointerTo(...steps) };
}

/** Schemas of OpenAPI 3.1 are written alike in every patch of it. */
function compareDialect(before: Node, after: Node): Found[] {
  const minor = ({ openapi }: Node) => String(openapi).split(".").slice(0, 2).join(".");
  if (minor(before) === minor(after)) return [];
  const says = `The document is written in OpenAPI ${minor(after)}, and was in ${minor(before)}.`;
  return [{ verdict: "risky", rule: "openapi-changed", says, steps: ["openapi"] }];
}

/** What a shared component says is told once, at the first place that refers to it, for all of them. */
function once(documents: { before: Node; after: Node }, changes: readonly Change[]): Change[] {
  const found = new Map<string, Change>();
  for (const change of changes) {
    const document = change.rule.endsWith("-removed") ? documents.before : documents.after;
    const key = [change.rule, change.verdict, change.says, homeOf(document, change.pointer)].join("\n");
    const first = found.get(key);
    if (first === undefined) found.set(key, change);
    else if (first.pointer !== change.pointer) {
      found.set(key, { ...first, alsoAt: [...(first.alsoAt ?? []), change.pointer] });
    }
  }
  return [...found.values()];
}
