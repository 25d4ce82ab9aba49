import { type Alternative, type ArrayLimits, anyOf, type ObjectLimits } from "./alternative.ts";
import { rounded } from "./read.ts";
import { type Side, stable } from "./side.ts";

/** What two schemas say together. */
function both(side: Side, a: unknown, b: unknown): unknown {
  const [left, right] = [side.form(a), side.form(b)];
  if (a === true || left === "{}" || left === right) return b;
  if (b === true || right === "{}") return a;
  if (a === false || b === false) return false;
  return { allOf: [a, b] };
}

/**
 * The values that two alternatives of one type have in common.
 *
 * @returns undefined when one alternative cannot say what both say.
 */
export function intersect(side: Side, a: Alternative, b: Alternative): Alternative | undefined {
  const array = arrays(side, a.array, b.array);
  const object = objects(side, a.object, b.object);
  if (array === undefined || object === undefined) return undefined;
  return {
    ...anyOf(a.type),
    values: commonValues(a.values, b.values),
    known: new Map([...a.known, ...b.known]),
    number: rounded({
      ...low(a.number, b.number),
      ...high(a.number, b.number),
      isInteger: a.number.isInteger || b.number.isInteger,
      multiples: union(a.number.multiples, b.number.multiples),
      formats: union(a.number.formats, b.number.formats),
    }),
    string: {
      minLength: Math.max(a.string.minLength, b.string.minLength),
      maxLength: Math.min(a.string.maxLength, b.string.maxLength),
      patterns: union(a.string.patterns, b.string.patterns),
      formats: union(a.string.formats, b.string.formats),
      content: { ...a.string.content, ...b.string.content },
    },
    array,
    object,
    rest: new Map([...a.rest, ...b.rest]),
  };
}

function commonValues(a: Alternative["values"], b: Alternative["values"]): Alternative["values"] {
  if (a === undefined || b === undefined) return a ?? b;
  return new Map([...a].filter(([text]) => b.has(text)));
}

type Numbers = Alternative["number"];

function low(a: Numbers, b: Numbers): Pick<Numbers, "minimum" | "isMinimumExclusive"> {
  const [limit, other] = a.minimum >= b.minimum ? [a, b] : [b, a];
  const isExclusive = limit.isMinimumExclusive || (other.minimum === limit.minimum && other.isMinimumExclusive);
  return { minimum: limit.minimum, isMinimumExclusive: isExclusive };
}

function high(a: Numbers, b: Numbers): Pick<Numbers, "maximum" | "isMaximumExclusive"> {
  const [limit, other] = a.maximum <= b.maximum ? [a, b] : [b, a];
  const isExclusive = limit.isMaximumExclusive || (other.maximum === limit.maximum && other.isMaximumExclusive);
  return { maximum: limit.maximum, isMaximumExclusive: isExclusive };
}

function union<T>(a: readonly T[], b: readonly T[]): T[] {
  return [...new Set([...a, ...b])].sort();
}

function arrays(side: Side, a: ArrayLimits, b: ArrayLimits): ArrayLimits {
  const length = Math.max(a.prefix.length, b.prefix.length);
  const at = (limits: ArrayLimits, index: number) =>
    index < limits.prefix.length ? limits.prefix[index] : limits.items;
  return {
    prefix: Array.from({ length }, (_, index) => both(side, at(a, index), at(b, index))),
    items: both(side, a.items, b.items),
    minItems: Math.max(a.minItems, b.minItems),
    maxItems: Math.min(a.maxItems, b.maxItems),
    isUnique: a.isUnique || b.isUnique,
    uniqueBy: union(a.uniqueBy, b.uniqueBy),
    contains: [...a.contains, ...b.contains],
  };
}

/** What one of the parts of an object says about a property, whether it names it or not. */
export function propertyOf(side: Side, limits: ObjectLimits, name: string): unknown {
  const patterns = [...limits.patterns].filter(([pattern]) => matches(pattern, name)).map(([, schema]) => schema);
  const own = limits.properties.has(name) ? [limits.properties.get(name)] : [];
  const all = [...own, ...patterns];
  return all.length === 0 ? limits.additional : all.reduce((left, right) => both(side, left, right));
}

function matches(pattern: string, name: string): boolean {
  try {
    return new RegExp(pattern, "u").test(name);
  } catch {
    return false;
  }
}

function objects(side: Side, a: ObjectLimits, b: ObjectLimits): ObjectLimits | undefined {
  const isOpen = (limits: ObjectLimits) => limits.additional === true || side.form(limits.additional) === "{}";
  const havePatterns = a.patterns.size + b.patterns.size > 0;
  // A closed part is closed to the patterns of the other one as well, which one list of patterns cannot say.
  const samePatterns = side.form(Object.fromEntries(a.patterns)) === side.form(Object.fromEntries(b.patterns));
  if (havePatterns && !samePatterns && !(isOpen(a) && isOpen(b))) return undefined;
  const names = union([...a.properties.keys()], [...b.properties.keys()]);
  const together = (name: string) => both(side, propertyOf(side, a, name), propertyOf(side, b, name));
  const patterns = new Map(a.patterns);
  for (const [pattern, schema] of b.patterns) {
    patterns.set(pattern, patterns.has(pattern) ? both(side, patterns.get(pattern), schema) : schema);
  }
  const dependent = new Map(a.dependent);
  for (const [name, list] of b.dependent) dependent.set(name, new Set([...(dependent.get(name) ?? []), ...list]));
  return {
    properties: new Map(names.map((name) => [name, together(name)])),
    required: new Set([...a.required, ...b.required]),
    patterns,
    additional: both(side, a.additional, b.additional),
    names: both(side, a.names, b.names),
    minProperties: Math.max(a.minProperties, b.minProperties),
    maxProperties: Math.min(a.maxProperties, b.maxProperties),
    dependent,
  };
}

/** An alternative as text: two with the same text are the same set. */
export function textOf(
  side: Side,
  { values, known: _, number, string, array, object, rest, type }: Alternative,
): string {
  const map = (entries: ReadonlyMap<string, unknown>) =>
    [...entries].map(([name, schema]) => `${name}:${side.form(schema)}`).sort();
  return stable([
    type,
    values === undefined ? null : [...values.keys()].sort(),
    values === undefined
      ? [textOfNumbers(number), { ...string, content: undefined, maxLength: String(string.maxLength) }]
      : [],
    [array.prefix.map((item) => side.form(item)), side.form(array.items), array.minItems, String(array.maxItems)],
    [
      array.isUnique,
      array.uniqueBy,
      array.contains.map((one) => [side.form(one.schema), one.minimum, String(one.maximum)]),
    ],
    [map(object.properties), [...object.required].sort(), map(object.patterns), side.form(object.additional)],
    [side.form(object.names), object.minProperties, String(object.maxProperties)],
    [...object.dependent].map(([name, list]) => [name, [...list].sort()]).sort(),
    side.form(string.content),
    [...rest.keys()].sort(),
  ]);
}

function textOfNumbers(number: Numbers): unknown {
  return [
    String(number.minimum),
    number.isMinimumExclusive,
    String(number.maximum),
    number.isMaximumExclusive,
    number.isInteger,
    number.multiples,
    number.formats,
  ];
}
