import { asList, asNode, isNode, type Node } from "../document.ts";
import { type Difference, difference, said } from "./difference.ts";
import type { Sides } from "./scalars.ts";
import { type Side, stable } from "./side.ts";
import { isWord } from "./words.ts";

/** Keywords that are compared as sets of values, or together with those. */
const judged = new Set(
  `$ref type enum const minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength pattern format
  contentEncoding contentMediaType contentSchema items prefixItems minItems maxItems uniqueItems contains minContains
  maxContains properties patternProperties additionalProperties propertyNames required minProperties maxProperties
  dependentRequired dependentSchemas unevaluatedProperties unevaluatedItems allOf anyOf oneOf not if then else
  $dynamicRef $recursiveRef x-aps-unique-by`.split(/\s+/),
);

/** Compares what a schema says beside the values that it accepts. */
export function compareNotes(sides: Sides, old: unknown, is: unknown): Difference[] {
  const [was, now] = [notesOf(sides.old, old, 0), notesOf(sides.new, is, 0)];
  return [...new Set([...was.keys(), ...now.keys()])].flatMap((keyword) => {
    const [before, after] = [was.get(keyword), now.get(keyword)];
    if (stable(before) === stable(after)) return [];
    return note(keyword, before, after);
  });
}

function note(keyword: string, before: unknown, after: unknown): Difference[] {
  const told = (verdict: Difference["verdict"], says: string, rule = keyword) => [
    difference({ keyword, kind: "note", verdict, says, rule: `${rule}-changed` }),
  ];
  const says = `\`${keyword}\` was ${said(before)}, is ${said(after)}.`;
  if (keyword === "deprecated") {
    return after === true ? told("risky", "It is deprecated now.") : told("safe", "It is deprecated no longer.");
  }
  // Whether a field is hidden from callers is told where the object has it.
  if (keyword === "readOnly" || keyword === "writeOnly") return [];
  if (keyword === "discriminator") {
    const [was, is] = [asNode(before), asNode(after)];
    const name = was.propertyName === is.propertyName;
    const lost = Object.entries(asNode(was.mapping)).some(([key, value]) => asNode(is.mapping)[key] !== value);
    return told(before !== undefined && after !== undefined && (!name || lost) ? "breaking" : "risky", says);
  }
  if (keyword === "anyOf" || keyword === "oneOf") {
    return told("risky", "What an alternative says beside its values was changed.");
  }
  if (keyword === "format") return before === undefined || after === "int32" ? [] : told("risky", says);
  if (keyword === "default" || keyword === "xml") return told("risky", says);
  return [
    difference({
      keyword,
      kind: "unknown-keyword",
      gains: "unknown",
      loses: "unknown",
      says: `${says} No rule knows what this means to callers.`,
    }),
  ];
}

function notesOf(side: Side, schema: unknown, depth: number): Map<string, unknown> {
  const found = new Map<string, unknown>();
  if (!isNode(schema) || depth > 20) return found;
  const choices = ["anyOf", "oneOf"].map((keyword) => asList(schema[keyword]));
  const parts = [
    ...(schema.$ref === undefined ? [] : [side.follow({ $ref: schema.$ref })]),
    ...asList(schema.allOf),
    // A choice of one is none.
    ...choices.filter(({ length }) => length === 1).flat(),
  ];
  for (const part of parts) for (const [keyword, value] of notesOf(side, part, depth + 1)) found.set(keyword, value);
  for (const [keyword, value] of Object.entries(schema)) {
    if (!judged.has(keyword) && !isWord(keyword) && value !== false) found.set(keyword, value);
    if (keyword === "default" && value === false) found.set(keyword, value);
    // Its range is a limit; programs in other languages choose a type by its name as well.
    if (keyword === "format" && /^int(32|64)$/.test(String(value))) found.set(keyword, value);
  }
  // What an alternative says that the whole does not say already.
  const told = choices
    .filter(({ length }) => length > 1)
    .flat()
    .map((branch) =>
      [...notesOf(side, branch, depth + 1)].filter(([key, value]) => stable(found.get(key)) !== stable(value)),
    )
    .filter(({ length }) => length > 0)
    .map((notes) => stable(notes.sort()));
  if (told.length > 0) found.set("anyOf", told.sort());
  return found;
}

/** Whether a property is the service's alone to set, in a request, or the caller's alone to send, in an answer. */
export function isHidden(side: Side, schema: unknown): boolean {
  return notesOf(side, schema as Node, 0).get(side.direction === "request" ? "readOnly" : "writeOnly") === true;
}
