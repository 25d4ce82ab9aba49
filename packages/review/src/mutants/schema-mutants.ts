// biome-ignore-all lint/suspicious/noThenProperty: a keyword of JSON Schema
// biome-ignore-all lint/suspicious/noAssignInExpressions: what is done to a document is one expression, in a table of many
import { asList, asNode } from "../document.ts";
import { type Any, isPlain, type Place, typesIn } from "./places.ts";

/** A way to change a schema, of which it is known what it does to callers. */
export interface SchemaMutation {
  readonly name: string;
  readonly direction: Place["direction"];
  /** What callers are owed: more than safe, or nothing. */
  readonly breaks: boolean;
  /** Whether it can be done there, and then also means what it is said to mean. */
  readonly fits: (place: Place) => boolean;
  readonly apply: (place: Place) => void;
}

const is = (type: string) => (place: Place) => typesIn(place.schema).includes(type) && isPlain(place.schema);
const isFreeText = (place: Place) =>
  is("string")(place) && place.schema.pattern === undefined && (place.schema.maxLength ?? 99) > 8;
const isWhole = (place: Place) => is("integer")(place) && span(place.schema) > 4;
const isObject = (place: Place) => is("object")(place);
const isOpen = (place: Place) =>
  isObject(place) && place.schema.additionalProperties !== false && place.schema.unevaluatedProperties === undefined;
const isList = (place: Place) => is("array")(place) && (place.schema.maxItems ?? 9) > 2;
const optional = ({ schema }: Place) =>
  Object.keys(asNode(schema.properties)).filter(
    (name) =>
      !asList(schema.required).includes(name) &&
      !asNode(schema.properties[name]).readOnly &&
      !("$ref" in asNode(schema.properties[name])),
  );
const span = ({ minimum = -1000, maximum = 1000 }: Any) => maximum - minimum;
const replace = ({ holder, key }: Place, schema: Any) => {
  holder[key] = schema;
};
const set = (changes: (schema: Any) => Any) => (place: Place) =>
  void Object.assign(place.schema, changes(place.schema));

function request(
  name: string,
  fits: SchemaMutation["fits"],
  apply: SchemaMutation["apply"],
  breaks = true,
): SchemaMutation {
  return { name, direction: "request", breaks, fits: (place) => place.direction === "request" && fits(place), apply };
}

function answer(
  name: string,
  fits: SchemaMutation["fits"],
  apply: SchemaMutation["apply"],
  breaks = true,
): SchemaMutation {
  return { name, direction: "answer", breaks, fits: (place) => place.direction === "answer" && fits(place), apply };
}

const always = () => true;
const enumOf = ({ schema }: Place) => asList(schema.enum);
const others: Readonly<Record<string, string>> = {
  string: "integer",
  integer: "string",
  boolean: "string",
  object: "array",
  array: "string",
  number: "string",
};
const firstType = ({ schema }: Place) => typesIn(schema).find((type) => type !== "null") ?? "string";

export const requestMutations: readonly SchemaMutation[] = [
  // Texts.
  request(
    "maxLength below",
    isFreeText,
    set((s) => ({ maxLength: Math.max(s.minLength ?? 0, Math.floor((s.maxLength ?? 60) / 2)) })),
  ),
  request(
    "minLength above",
    isFreeText,
    set((s) => ({ minLength: (s.minLength ?? 0) + 3 })),
  ),
  request(
    "pattern",
    isFreeText,
    set(() => ({ pattern: "^[a-f]{2,7}$" })),
  ),
  request(
    "pattern that looks ahead",
    isFreeText,
    set(() => ({ pattern: "^(?!x)" })),
  ),
  request(
    "format",
    (p) => isFreeText(p) && p.schema.format === undefined,
    set(() => ({ format: "uuid" })),
  ),
  request(
    "enum",
    isFreeText,
    set(() => ({ enum: ["aaaa", "bbbb"] })),
  ),
  request(
    "const",
    isFreeText,
    set(() => ({ const: "aaaa" })),
  ),
  request(
    "contentEncoding",
    isFreeText,
    set(() => ({ contentEncoding: "base64" })),
  ),
  request(
    "contentMediaType",
    isFreeText,
    set(() => ({ contentMediaType: "application/json" })),
  ),
  request(
    "contentSchema",
    isFreeText,
    set(() => ({ contentMediaType: "application/json", contentSchema: { type: "object" } })),
  ),
  request(
    "not",
    isFreeText,
    set(() => ({ not: { pattern: "^[a-m]" } })),
  ),
  request(
    "not a value",
    isFreeText,
    set(() => ({ not: { const: "aaaa" } })),
  ),
  request(
    "anyOf that is narrower",
    isFreeText,
    set(() => ({ anyOf: [{ maxLength: 2 }, { pattern: "^b" }] })),
  ),
  request(
    "oneOf of what overlaps",
    isFreeText,
    set(() => ({ oneOf: [{ minLength: 0 }, { pattern: "^[a-z]" }] })),
  ),
  request(
    "if and then",
    isFreeText,
    set(() => ({ if: { pattern: "^[a-m]" }, then: { maxLength: 1 } })),
  ),
  request(
    "if and else",
    isFreeText,
    set(() => ({ if: { pattern: "^9" }, else: { maxLength: 1 } })),
  ),
  request(
    "allOf",
    isFreeText,
    set(() => ({ allOf: [{ pattern: "^[0-9]*$" }] })),
  ),
  // Numbers.
  request(
    "maximum below",
    isWhole,
    set((s) => ({ maximum: (s.maximum ?? 1000) - 2 })),
  ),
  request(
    "minimum above",
    isWhole,
    set((s) => ({ minimum: (s.minimum ?? -1000) + 2 })),
  ),
  request(
    "exclusiveMaximum",
    isWhole,
    set((s) => ({ exclusiveMaximum: s.maximum ?? 1000 })),
  ),
  request(
    "exclusiveMinimum",
    isWhole,
    set((s) => ({ exclusiveMinimum: s.minimum ?? -1000 })),
  ),
  request(
    "multipleOf",
    isWhole,
    set((s) => ({ multipleOf: (s.multipleOf ?? 1) * 3 })),
  ),
  request(
    "a list of numbers",
    isWhole,
    set((s) => ({ enum: [s.minimum ?? 0] })),
  ),
  // Values.
  request(
    "one value less",
    (p) => enumOf(p).length > 1,
    (p) => void p.schema.enum.pop(),
  ),
  request(
    "one value replaced",
    (p) => enumOf(p).length > 0 && typeof enumOf(p)[0] === "string",
    (p) => void p.schema.enum.splice(0, 1, "another-value"),
  ),
  request(
    "true only",
    is("boolean"),
    set(() => ({ const: true })),
  ),
  // Types.
  request(
    "another type",
    (p) => others[firstType(p)] !== undefined && isPlain(p.schema) && p.schema.type !== undefined,
    (p) => replace(p, { type: others[firstType(p)] }),
  ),
  request(
    "null no more",
    (p) => Array.isArray(p.schema.type) && p.schema.type.includes("null") && isPlain(p.schema),
    set((s) => ({ type: s.type.filter((one: string) => one !== "null") })),
  ),
  request(
    "nothing at all",
    (p) => isPlain(p.schema) && p.property !== undefined,
    (p) => replace(p, false),
  ),
  request("a reference to something narrower", isFreeText, (p) =>
    replace(p, { allOf: [{ ...p.schema }, { maxLength: 1, minLength: 1 }] }),
  ),
  // Lists.
  request(
    "maxItems below",
    isList,
    set((s) => ({ maxItems: Math.max(s.minItems ?? 0, (s.maxItems ?? 5) - 1) })),
  ),
  request(
    "minItems above",
    (p) => isList(p) && (p.schema.maxItems ?? 99) > (p.schema.minItems ?? 0),
    set((s) => ({ minItems: (s.minItems ?? 0) + 1 })),
  ),
  request(
    "uniqueItems",
    (p) => isList(p) && p.schema.uniqueItems !== true,
    set(() => ({ uniqueItems: true })),
  ),
  request(
    "contains",
    isList,
    set(() => ({ contains: { const: "aaaa" } })),
  ),
  request(
    "minContains",
    isList,
    set(() => ({ contains: { type: ["string", "object"], maxLength: 3 }, minContains: 2 })),
  ),
  request(
    "maxContains",
    isList,
    set(() => ({ contains: true, minContains: 0, maxContains: 1 })),
  ),
  request(
    "prefixItems",
    isList,
    set(() => ({ prefixItems: [{ const: "aaaa" }] })),
  ),
  request(
    "items refused",
    isList,
    set(() => ({ items: false })),
  ),
  request(
    "unevaluatedItems",
    (p) => isList(p) && p.schema.items === undefined,
    set(() => ({ unevaluatedItems: false })),
  ),
  request(
    "unique by a field",
    (p) => isList(p) && "properties" in asNode(p.schema.items),
    set((s) => ({ "x-aps-unique-by": Object.keys(s.items.properties)[0] })),
  ),
  // Objects.
  request(
    "required",
    (p) => isObject(p) && optional(p).length > 0,
    (p) => void (p.schema.required = [...asList(p.schema.required), optional(p)[0]]),
  ),
  request("a new required field", isObject, (p) => {
    p.schema.properties = { ...p.schema.properties, brandNew: { type: "string" } };
    p.schema.required = [...asList(p.schema.required), "brandNew"];
  }),
  request(
    "a field less",
    (p) => isObject(p) && optional(p).length > 0,
    (p) => void delete p.schema.properties[optional(p)[0] ?? ""],
  ),
  request(
    "a field renamed",
    (p) => isObject(p) && optional(p).length > 0,
    (p) => {
      const name = optional(p)[0] ?? "";
      p.schema.properties[`${name}2`] = p.schema.properties[name];
      delete p.schema.properties[name];
    },
  ),
  request(
    "a field withdrawn",
    (p) => isObject(p) && optional(p).length > 0,
    (p) => {
      p.schema.properties[optional(p)[0] ?? ""].readOnly = true;
    },
  ),
  request(
    "closed",
    isOpen,
    set(() => ({ additionalProperties: false })),
  ),
  request(
    "others must be texts",
    isOpen,
    set(() => ({ additionalProperties: { type: "string", maxLength: 1 } })),
  ),
  request(
    "unevaluatedProperties",
    isOpen,
    set(() => ({ unevaluatedProperties: false })),
  ),
  request(
    "unevaluatedProperties with parts",
    isOpen,
    set(() => ({ allOf: [{ minProperties: 0 }], unevaluatedProperties: false })),
  ),
  request(
    "patternProperties",
    isOpen,
    set(() => ({ patternProperties: { "^zz": { type: "integer" } } })),
  ),
  request(
    "patternProperties over a field",
    (p) => isObject(p) && optional(p).length > 0,
    set((s) => ({ patternProperties: { [`^${optional({ schema: s } as Place)[0]}$`]: false } })),
  ),
  request(
    "propertyNames",
    isOpen,
    set(() => ({ propertyNames: { maxLength: 3 } })),
  ),
  request(
    "maxProperties",
    (p) => isObject(p) && Object.keys(asNode(p.schema.properties)).length > 1 && optional(p).length > 1,
    set((s) => ({ maxProperties: Math.max(1, asList(s.required).length) })),
  ),
  request(
    "minProperties",
    (p) => isObject(p) && optional(p).length > 1 && p.schema.minProperties === undefined,
    set((s) => ({ minProperties: asList(s.required).length + 1 })),
  ),
  request(
    "dependentRequired",
    (p) => isObject(p) && optional(p).length > 1,
    (p) => {
      const [a = "", b = ""] = optional(p);
      p.schema.dependentRequired = { [a]: [b] };
    },
  ),
  request(
    "dependentSchemas",
    (p) => isObject(p) && optional(p).length > 1,
    (p) => {
      const [a = "", b = ""] = optional(p);
      p.schema.dependentSchemas = { [a]: { required: [b] } };
    },
  ),
  request(
    "not required",
    (p) => isObject(p) && optional(p).length > 0,
    (p) => {
      p.schema.not = { required: [optional(p)[0]] };
    },
  ),
  request(
    "a choice of one of the fields",
    (p) => isObject(p) && optional(p).length > 1,
    (p) => {
      const [a = "", b = ""] = optional(p);
      p.schema.oneOf = [{ required: [a] }, { required: [b] }];
    },
  ),
  request(
    "a keyword of nobody",
    always,
    set(() => ({ minimumQuality: 7 })),
  ),
  request(
    "an extension of nobody",
    always,
    set(() => ({ "x-only-on": "mondays" })),
  ),
  // What does callers no harm.
  request(
    "maxLength above",
    (p) => isFreeText(p) && p.schema.maxLength !== undefined,
    set((s) => ({ maxLength: s.maxLength + 1 })),
    false,
  ),
  request(
    "one value more",
    (p) => enumOf(p).length > 1 && typeof enumOf(p)[0] === "string",
    (p) => void p.schema.enum.push("another-value"),
    false,
  ),
  request(
    "null as well",
    (p) => typeof p.schema.type === "string" && isPlain(p.schema),
    set((s) => ({ type: [s.type, "null"] })),
    false,
  ),
  request(
    "a new optional field",
    (p) => isObject(p) && p.schema.additionalProperties === false,
    set((s) => ({ properties: { ...s.properties, brandNew: { type: "string" } } })),
    false,
  ),
  request(
    "no limit",
    (p) => isWhole(p) && p.schema.maximum !== undefined,
    (p) => void delete p.schema.maximum,
    false,
  ),
];

export const answerMutations: readonly SchemaMutation[] = [
  answer(
    "a field less",
    (p) => isObject(p) && p.schema.properties !== undefined && Object.keys(p.schema.properties).length > 0,
    (p) => {
      const [name = ""] = Object.keys(p.schema.properties);
      delete p.schema.properties[name];
      p.schema.required = asList(p.schema.required).filter((one) => one !== name);
    },
  ),
  answer(
    "a field renamed",
    (p) => isObject(p) && Object.keys(asNode(p.schema.properties)).length > 0,
    (p) => {
      const [name = ""] = Object.keys(p.schema.properties);
      p.schema.properties[`${name}2`] = p.schema.properties[name];
      delete p.schema.properties[name];
    },
  ),
  answer(
    "required no more",
    (p) => asList(p.schema.required).length > 0 && isPlain(p.schema),
    (p) => void p.schema.required.pop(),
  ),
  answer(
    "null as well",
    (p) => typeof p.schema.type === "string" && isPlain(p.schema),
    set((s) => ({ type: [s.type, "null"] })),
  ),
  answer(
    "null by a choice",
    (p) => typeof p.schema.type === "string" && isPlain(p.schema),
    (p) => replace(p, { anyOf: [p.holder[p.key], { type: "null" }] }),
  ),
  answer(
    "another type",
    (p) => others[firstType(p)] !== undefined && isPlain(p.schema) && p.schema.type !== undefined,
    (p) => replace(p, { type: others[firstType(p)] }),
  ),
  answer(
    "another type as well",
    (p) => typeof p.schema.type === "string" && isPlain(p.schema) && p.schema.type !== "boolean",
    set((s) => ({ type: [s.type, "boolean"] })),
  ),
  answer(
    "anything",
    (p) => p.schema.type !== undefined && isPlain(p.schema),
    (p) => replace(p, {}),
  ),
  answer(
    "anything, as true",
    (p) => p.schema.type !== undefined && isPlain(p.schema),
    (p) => replace(p, true),
  ),
  answer(
    "numbers with decimals",
    is("integer"),
    set(() => ({ type: "number" })),
  ),
  answer(
    "contentEncoding",
    isFreeText,
    set(() => ({ contentEncoding: "base64" })),
  ),
  answer(
    "contentMediaType",
    isFreeText,
    set(() => ({ contentMediaType: "application/xml" })),
  ),
  answer(
    "contentSchema",
    isFreeText,
    set(() => ({ contentMediaType: "application/json", contentSchema: { type: "array" } })),
  ),
  answer(
    "a field withdrawn",
    (p) =>
      isObject(p) && Object.keys(asNode(p.schema.properties)).some((name) => !("$ref" in p.schema.properties[name])),
    (p) => {
      const name = Object.keys(p.schema.properties).find((one) => !("$ref" in p.schema.properties[one])) ?? "";
      p.schema.properties[name] = { ...p.schema.properties[name], readOnly: false, writeOnly: true };
    },
  ),
  answer(
    "a choice with one more object",
    (p) => isObject(p) && p.schema.properties !== undefined,
    (p) =>
      replace(p, {
        anyOf: [p.holder[p.key], { type: "object", required: ["other"], properties: { other: { type: "integer" } } }],
      }),
  ),
  answer("a list where there was one", isObject, (p) => replace(p, { type: "array", items: p.holder[p.key] })),
  answer(
    "one value more",
    (p) => enumOf(p).length > 0 && typeof enumOf(p)[0] === "string",
    (p) => void p.schema.enum.push("another-value"),
  ),
  answer(
    "any value",
    (p) => enumOf(p).length > 0,
    (p) => void delete p.schema.enum,
  ),
  answer(
    "maxLength gone",
    (p) => p.schema.maxLength !== undefined && isPlain(p.schema) && p.schema.pattern === undefined,
    (p) => void delete p.schema.maxLength,
  ),
  answer(
    "pattern gone",
    (p) => p.schema.pattern !== undefined && isPlain(p.schema),
    (p) => void delete p.schema.pattern,
  ),
  answer(
    "format gone",
    (p) => p.schema.format !== undefined && isPlain(p.schema),
    (p) => void delete p.schema.format,
  ),
  answer(
    "maximum gone",
    (p) => p.schema.maximum !== undefined && isPlain(p.schema),
    (p) => void delete p.schema.maximum,
  ),
  answer(
    "maxItems gone",
    (p) => p.schema.maxItems !== undefined && isPlain(p.schema),
    (p) => void delete p.schema.maxItems,
  ),
  answer(
    "a keyword of nobody",
    always,
    set(() => ({ minimumQuality: 7 })),
  ),
  answer(
    "an extension of nobody",
    always,
    set(() => ({ "x-only-on": "mondays" })),
  ),
  // What does callers no harm.
  answer(
    "a new field",
    isOpen,
    set((s) => ({ properties: { ...s.properties, brandNew: { type: "string" } } })),
    false,
  ),
  answer(
    "required now",
    (p) => isObject(p) && optional(p).length > 0,
    (p) => void (p.schema.required = [...asList(p.schema.required), optional(p)[0]]),
    false,
  ),
  answer(
    "shorter texts",
    isFreeText,
    set(() => ({ maxLength: 5, minLength: 0 })),
    false,
  ),
];
