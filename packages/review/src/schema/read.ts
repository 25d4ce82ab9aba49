import { asList, asNode, type Node } from "../document.ts";
import { type Alternative, anyOf, type NumberLimits, type TypeName, typeNames } from "./alternative.ts";
import { stable } from "./side.ts";

/** The range that a format of integers stands for. */
const ranges: Readonly<Record<string, readonly [number, number]>> = {
  int32: [-(2 ** 31), 2 ** 31 - 1],
  int64: [-(2 ** 63), 2 ** 63],
};

/** What the plain keywords of a schema say of one type, without its choices and references. */
export function read(schema: Node, type: TypeName): Alternative | undefined {
  const types: readonly unknown[] = schema.type === undefined ? typeNames : asList(schema.type).concat(schema.type);
  const isInteger = type === "number" && !types.includes("number") && types.includes("integer");
  if (!types.includes(type) && !isInteger) return undefined;
  const any = anyOf(type);
  return {
    ...any,
    values: restricted(any.values, schema, type),
    ...(type === "number" && { number: numberLimits(schema, isInteger) }),
    ...(type === "string" && {
      string: {
        minLength: count(schema.minLength, 0),
        maxLength: count(schema.maxLength, Infinity),
        patterns: schema.pattern === undefined ? [] : [String(schema.pattern)],
        formats: schema.format === undefined || String(schema.format) in ranges ? [] : [String(schema.format)],
        content: Object.fromEntries(
          ["contentEncoding", "contentMediaType", "contentSchema"].flatMap((key) =>
            schema[key] === undefined ? [] : [[key, schema[key]]],
          ),
        ),
      },
    }),
    ...(type === "array" && { array: arrayLimits(schema) }),
    ...(type === "object" && { object: objectLimits(schema) }),
  };
}

function restricted(values: Alternative["values"], schema: Node, type: TypeName): Alternative["values"] {
  const lists = [
    ...("enum" in schema ? [asList(schema.enum)] : []),
    ...("const" in schema ? [[schema.const]] : []),
    ...(values === undefined ? [] : [[...values.values()]]),
  ];
  if (lists.length === 0) return undefined;
  const maps = lists.map((list) => new Map(list.filter((value) => typeOf(value) === type).map((v) => [stable(v), v])));
  const [first = new Map<string, unknown>(), ...others] = maps;
  return new Map([...first].filter(([text]) => others.every((map) => map.has(text))));
}

/** The type of a JSON value. */
export function typeOf(value: unknown): TypeName {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value as TypeName;
}

function numberLimits(schema: Node, isInteger: boolean): NumberLimits {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf, format } = schema;
  const [low, high] = [lower(minimum, exclusiveMinimum), upper(maximum, exclusiveMaximum)];
  const range = ranges[String(format)] ?? [-Infinity, Infinity];
  const given: NumberLimits = {
    minimum: Math.max(low.limit, range[0]),
    isMinimumExclusive: low.isExclusive && low.limit >= range[0],
    maximum: Math.min(high.limit, range[1]),
    isMaximumExclusive: high.isExclusive && high.limit <= range[1],
    isInteger,
    multiples: typeof multipleOf === "number" ? [multipleOf] : [],
    formats: format === undefined || String(format) in ranges ? [] : [String(format)],
  };
  return rounded(given);
}

function lower(minimum: unknown, exclusive: unknown): { limit: number; isExclusive: boolean } {
  const [a, b] = [count(minimum, -Infinity), count(exclusive, -Infinity)];
  return { limit: Math.max(a, b), isExclusive: b >= a && b > -Infinity };
}

function upper(maximum: unknown, exclusive: unknown): { limit: number; isExclusive: boolean } {
  const [a, b] = [count(maximum, Infinity), count(exclusive, Infinity)];
  return { limit: Math.min(a, b), isExclusive: b <= a && b < Infinity };
}

/** Bounds of whole numbers moved to the nearest one that can be meant, and a step of one left out. */
export function rounded(limits: NumberLimits): NumberLimits {
  const whole = limits.multiples.filter(Number.isInteger);
  const isInteger = limits.isInteger || whole.length > 0;
  if (!isInteger) return limits;
  const step = whole.reduce(leastCommonMultiple, 1);
  const bound = (limit: number, isExclusive: boolean, sign: 1 | -1) => {
    if (!Number.isFinite(limit) || Math.abs(limit) > Number.MAX_SAFE_INTEGER) return limit;
    const near = sign * Math.ceil(sign * limit);
    return (isExclusive && near === limit ? near + sign : near) + 0;
  };
  return {
    ...limits,
    isInteger,
    multiples: [...(step > 1 ? [step] : []), ...limits.multiples.filter((one) => !Number.isInteger(one))],
    minimum: bound(limits.minimum, limits.isMinimumExclusive, 1),
    isMinimumExclusive: false,
    maximum: bound(limits.maximum, limits.isMaximumExclusive, -1),
    isMaximumExclusive: false,
  };
}

function leastCommonMultiple(a: number, b: number): number {
  const divisor = (x: number, y: number): number => (y === 0 ? x : divisor(y, x % y));
  return (a / divisor(a, b)) * b;
}

function arrayLimits(schema: Node): Alternative["array"] {
  const { contains, minContains, maxContains } = schema;
  const uniqueBy = schema["x-aps-unique-by"];
  const minimum = count(minContains, 1);
  const isVoid = contains === undefined || (minimum === 0 && maxContains === undefined);
  return {
    prefix: asList(schema.prefixItems),
    items: schema.items ?? true,
    minItems: count(schema.minItems, 0),
    maxItems: count(schema.maxItems, Infinity),
    isUnique: schema.uniqueItems === true,
    uniqueBy: uniqueBy === undefined ? [] : [String(uniqueBy)],
    contains: isVoid ? [] : [{ schema: contains, minimum, maximum: count(maxContains, Infinity) }],
  };
}

function objectLimits(schema: Node): Alternative["object"] {
  const dependent = Object.entries(asNode(schema.dependentRequired)).map(
    ([name, list]) => [name, new Set(asList(list).map(String))] as const,
  );
  return {
    properties: new Map(Object.entries(asNode(schema.properties))),
    required: new Set(asList(schema.required).map(String)),
    patterns: new Map(Object.entries(asNode(schema.patternProperties))),
    additional: schema.additionalProperties ?? true,
    names: schema.propertyNames ?? true,
    minProperties: count(schema.minProperties, 0),
    maxProperties: count(schema.maxProperties, Infinity),
    dependent: new Map(dependent.filter(([, names]) => names.size > 0)),
  };
}

function count(value: unknown, other: number): number {
  return typeof value === "number" ? value : other;
}
