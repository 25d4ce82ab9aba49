import type { Node } from "../document.ts";
import { said } from "../schema/difference.ts";
import type { Sides } from "../schema/scalars.ts";
import { isWord } from "../schema/words.ts";
import type { Found } from "./verdict.ts";

/** Fields of an object that no rule knows: a change of one may mean anything. */
export function unknownFields(
  sides: Sides,
  before: Node,
  after: Node,
  known: readonly string[],
  steps: readonly string[],
): Found[] {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...fields].flatMap((field): Found[] => {
    if (known.includes(field) || isWord(field)) return [];
    if (sides.old.form(before[field]) === sides.new.form(after[field])) return [];
    const says = `\`${field}\` was ${said(before[field])}, is ${said(after[field])}. No rule knows what this means to callers.`;
    return [{ verdict: "risky", rule: "unknown-field-changed", says, steps: [...steps, field] }];
  });
}
