import { asList, asNode, isNode, type Node } from "../document.ts";
import { accepts } from "./accepts.ts";
import { type Alternative, typeNames } from "./alternative.ts";
import { intersect, textOf } from "./intersect.ts";
import { read } from "./read.ts";
import type { Side } from "./side.ts";

/** More alternatives than this are not told apart. A choice of that size is compared as it is written. */
const most = 64;

const memo = Symbol("alternatives");
type Memo = { [memo]?: readonly Alternative[] };

/**
 * A schema as a list of alternatives, each a set of values of one type that is described without any choice. The schema
 * accepts what any of them accepts. References are followed and `allOf` is merged; what cannot be merged stays in `rest`.
 */
export function alternatives(side: Side, schema: unknown): readonly Alternative[] {
  if (schema === false) return [];
  const node = asNode(schema);
  const known = side.memo.get(node) as Memo | undefined;
  if (isNode(schema) && known?.[memo] !== undefined) return known[memo];
  const made = simplified(side, expanded(side, node, 0));
  if (isNode(schema)) side.memo.set(node, { [memo]: made });
  return made;
}

function expanded(side: Side, schema: Node, depth: number): Alternative[] {
  if (depth > 30) return typeNames.flatMap((type) => marked(read({}, type), "$ref", side.form(schema), schema));
  const down = (child: unknown) => (child === false ? [] : expanded(side, asNode(child), depth + 1));
  let found = typeNames.flatMap((type) => read(schema, type) ?? []).map((one) => withRest(side, schema, one));
  const parts = [...(schema.$ref === undefined ? [] : [side.follow({ $ref: schema.$ref })]), ...asList(schema.allOf)];
  for (const part of parts) found = product(side, found, down(part), part);
  for (const keyword of ["anyOf", "oneOf"]) {
    if (!(keyword in schema)) continue;
    const branches = asList(schema[keyword]).map(down);
    const isExact = keyword === "anyOf" || areApart(side, branches);
    found = product(side, found, branches.flat(), { [keyword]: schema[keyword] });
    if (!isExact)
      found = found.flatMap((one) =>
        marked(one, keyword, side.form({ oneOf: schema[keyword] }), { oneOf: schema[keyword] }),
      );
  }
  return found;
}

/** The alternatives that two lists have in common. What cannot be put together is kept as it is written. */
function product(side: Side, a: readonly Alternative[], b: readonly Alternative[], schema: unknown): Alternative[] {
  if (a.length * b.length > most * 6) return a.flatMap((one) => marked(one, "allOf", side.form(schema), schema));
  return a.flatMap((one) =>
    b
      .filter((other) => other.type === one.type)
      .flatMap((other) => intersect(side, one, other) ?? marked(one, "allOf", side.form(schema), schema)),
  );
}

function marked(one: Alternative | undefined, keyword: string, text: string, schema: unknown): Alternative[] {
  return one === undefined
    ? []
    : [{ ...one, rest: new Map([...one.rest, [`${keyword} ${text}`, { keyword, schema }]]) }];
}

/** Adds the keywords that no limit stands for, as far as they concern the type. */
function withRest(side: Side, schema: Node, one: Alternative): Alternative {
  let found = one;
  const add = (keyword: string, part: unknown) => {
    [found = one] = marked(found, keyword, side.form(part), part);
  };
  if ("not" in schema) {
    const negated = alternatives(side, schema.not);
    const ofType = negated.filter(({ type }) => type === one.type);
    const [values] = ofType.length === 1 ? ofType : [];
    if (values?.values !== undefined && one.values !== undefined && values.rest.size === 0) {
      const left = [...one.values].filter(([text]) => !values.values?.has(text));
      found = { ...found, values: new Map(left) };
    } else if (ofType.some((other) => textOf(side, other) === textOf(side, read({}, one.type) ?? other))) {
      found = { ...found, values: new Map() };
    } else if (ofType.length > 0) add("not", { not: schema.not });
  }
  if ("if" in schema && ("then" in schema || "else" in schema)) {
    // Where the condition is of another type it never holds, and without conditions on the type it always does.
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    add("if", { if: schema.if, then: schema.then ?? true, else: schema.else ?? true });
  }
  if (one.type === "object" && Object.keys(asNode(schema.dependentSchemas)).length > 0) {
    add("dependentSchemas", { dependentSchemas: schema.dependentSchemas });
  }
  for (const keyword of ["unevaluatedProperties", "unevaluatedItems"]) {
    if (one.type !== (keyword === "unevaluatedProperties" ? "object" : "array") || !(keyword in schema)) continue;
    const value = schema[keyword];
    if (value === true || side.form(value) === "{}") continue;
    const hasParts = ["anyOf", "oneOf", "allOf", "$ref", "if", "dependentSchemas", "contains"].some(
      (key) => key in schema,
    );
    const plain = keyword === "unevaluatedProperties" ? "additionalProperties" : "items";
    if (hasParts) {
      // What counts as evaluated depends on all the parts, so that the schema is compared as a whole.
      add(keyword, schema);
    } else if (!(plain in schema)) {
      found =
        plain === "items"
          ? { ...found, array: { ...found.array, items: value } }
          : { ...found, object: { ...found.object, additional: value } };
    }
  }
  for (const keyword of ["$dynamicRef", "$recursiveRef"]) if (keyword in schema) add(keyword, schema[keyword]);
  return found;
}

/** Whether no value can be of two branches, as far as that is plain: other types, or other values. */
function areApart(side: Side, branches: readonly (readonly Alternative[])[]): boolean {
  return branches.every((branch, index) =>
    branches.slice(index + 1).every((other) => branch.every((one) => other.every((two) => apart(side, one, two, 0)))),
  );
}

function apart(side: Side, a: Alternative, b: Alternative, depth: number): boolean {
  if (a.type !== b.type) return true;
  if (a.values !== undefined) return [...a.values.values()].every((value) => accepts(b, value) === "no");
  if (b.values !== undefined) return [...b.values.values()].every((value) => accepts(a, value) === "no");
  if (a.type === "number") return a.number.maximum < b.number.minimum || b.number.maximum < a.number.minimum;
  if (a.type === "string") {
    return a.string.maxLength < b.string.minLength || b.string.maxLength < a.string.minLength;
  }
  if (a.type !== "object" || depth > 2) return false;
  // A property that one must have and that the other cannot have as this one has it.
  return [...a.object.required, ...b.object.required].some((name) => {
    const [x, y] = [a, b].map(({ object }) => object.properties.get(name) ?? object.additional);
    if (!(a.object.required.has(name) && b.object.required.has(name))) {
      return (a.object.required.has(name) ? y : x) === false;
    }
    const [left, right] = [alternatives(side, x), alternatives(side, y)];
    return left.every((one) => right.every((two) => apart(side, one, two, depth + 1)));
  });
}

/** Without what is empty, and without what another alternative holds; known values of an open list stay known. */
function simplified(side: Side, list: readonly Alternative[]): readonly Alternative[] {
  const narrowed = list.map((one) => onlyAccepted(one)).filter((one) => !isEmpty(one));
  const distinct = new Map<string, Alternative>();
  for (const one of narrowed) {
    const text = textOf(side, one);
    const other = distinct.get(text);
    distinct.set(text, other === undefined ? one : { ...other, known: new Map([...other.known, ...one.known]) });
  }
  return mergedValues([...distinct.values()]);
}

/** Lists of values of one type become one list. Values that a wider alternative accepts are known values of that one. */
function mergedValues(list: readonly Alternative[]): Alternative[] {
  const isList = (one: Alternative) => one.values !== undefined && one.rest.size === 0;
  return typeNames.flatMap((type) => {
    const ofType = list.filter((one) => one.type === type);
    const wide = ofType.filter((one) => !isList(one));
    const lists = ofType.filter(isList);
    const [first] = lists;
    if (first === undefined) return wide;
    const values = new Map(lists.flatMap((one) => [...(one.values ?? [])]));
    const left = new Map([...values].filter(([, value]) => !wide.some((one) => accepts(one, value) === "yes")));
    const held = new Map([...values].filter(([text]) => !left.has(text)));
    const taking = wide.map((one, index) => (index === 0 ? { ...one, known: new Map([...one.known, ...held]) } : one));
    return left.size === 0 ? taking : [...taking, { ...first, values: left }];
  });
}

function onlyAccepted(one: Alternative): Alternative {
  if (one.values === undefined) return one;
  const limits = { ...one, values: undefined };
  const values = [...one.values].filter(([, value]) => accepts(limits, value) !== "no");
  return { ...one, values: new Map(values) };
}

function isEmpty({ type, values, number, string, array, object }: Alternative): boolean {
  if (values !== undefined) return values.size === 0;
  if (type === "number") {
    const isPoint = number.minimum === number.maximum;
    return number.minimum > number.maximum || (isPoint && (number.isMinimumExclusive || number.isMaximumExclusive));
  }
  if (type === "string") return string.minLength > string.maxLength;
  if (type === "array") return array.minItems > array.maxItems;
  if (type !== "object") return false;
  return (
    object.minProperties > object.maxProperties ||
    [...object.required].some((name) => object.properties.get(name) === false)
  );
}
