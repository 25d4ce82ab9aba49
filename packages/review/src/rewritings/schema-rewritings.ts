// biome-ignore-all lint/suspicious/noThenProperty: a keyword of JSON Schema
// biome-ignore-all lint/suspicious/noAssignInExpressions: what is done to a document is one expression, in a table of many
import { asList, asNode, isNode } from "../document.ts";
import { type Any, type Place, typesIn } from "../mutants/places.ts";

/** Another way to write the same schema. */
export interface SchemaRewriting {
  readonly name: string;
  /** Writes it in the other way; false where there is nothing of the kind. */
  readonly apply: (place: Place, document: Any) => boolean;
}

function rewriting(name: string, apply: (place: Place, document: Any) => unknown): SchemaRewriting {
  return { name, apply: (place, document) => apply(place, document) !== false };
}

/** Writes a default out, where a type has it and nothing is said. */
function written(name: string, type: string, changes: object): SchemaRewriting {
  return rewriting(name, ({ schema }) => {
    if (!typesIn(schema).includes(type) || Object.keys(changes).some((key) => key in schema)) return false;
    Object.assign(schema, changes);
  });
}

const own = ({ holder, key }: Place): Any => holder[key];
const replace = ({ holder, key }: Place, schema: Any) => void (holder[key] = schema);
const reversed = (object: Any) => Object.fromEntries(Object.entries(object).reverse());

/** Ways to write a schema otherwise that mean the same, so that none may be told as a change. */
export const schemaRewritings: readonly SchemaRewriting[] = [
  written("minLength 0", "string", { minLength: 0 }),
  written("minItems 0", "array", { minItems: 0 }),
  written("minProperties 0", "object", { minProperties: 0 }),
  written("uniqueItems false", "array", { uniqueItems: false }),
  written("items that may be anything", "array", { items: {} }),
  written("items as true", "array", { items: true }),
  written("no items in front", "array", { prefixItems: [] }),
  written("a count of nothing", "array", { minContains: 3 }),
  written("contains nothing that must be there", "array", { contains: { type: "null" }, minContains: 0 }),
  written("open, as true", "object", { additionalProperties: true }),
  written("open, as an object", "object", { additionalProperties: {} }),
  written("evaluated or not", "object", { unevaluatedProperties: true }),
  written("no patterns", "object", { patternProperties: {} }),
  written("names that may be anything", "object", { propertyNames: {} }),
  written("names that are texts", "object", { propertyNames: { type: "string" } }),
  written("nothing dependent", "object", { dependentRequired: {}, dependentSchemas: {} }),
  written("required nothing", "object", { required: [] }),
  written("multiples of one", "integer", { multipleOf: 1 }),
  written("a limit of another type", "string", { minimum: 5, maxItems: 1, required: ["a"] }),
  written("a limit of texts on a number", "integer", { maxLength: 1, pattern: "^a$" }),
  ...["deprecated", "readOnly", "writeOnly"].map((key) =>
    rewriting(`${key} false`, ({ schema }) => (key in schema ? false : void (schema[key] = false))),
  ),
  rewriting(
    "words",
    ({ schema }) => void Object.assign(schema, { $comment: "A word.", $defs: { unused: { type: "null" } } }),
  ),
  rewriting("a condition without an effect", ({ schema }) =>
    "if" in schema ? false : void (schema.if = { type: "string" }),
  ),
  rewriting("an effect without a condition", ({ schema }) =>
    "if" in schema ? false : void Object.assign(schema, { then: { type: "null" } }),
  ),
  rewriting("not what nothing is", ({ schema }) => ("not" in schema ? false : void (schema.not = false))),
  rewriting("all of nothing", ({ schema }) => ("allOf" in schema ? false : void (schema.allOf = [{}]))),
  rewriting("any of anything", ({ schema }) => ("anyOf" in schema ? false : void (schema.anyOf = [true]))),
  rewriting("any of what is or is not", ({ schema }) =>
    "anyOf" in schema
      ? false
      : void (schema.anyOf = [{ type: ["string", "number", "boolean", "null"] }, { type: ["object", "array"] }]),
  ),
  rewriting(
    "the type as a list",
    ({ schema }) => typeof schema.type === "string" && Boolean((schema.type = [schema.type])),
  ),
  rewriting("the types in another order", ({ schema }) => Array.isArray(schema.type) && schema.type.reverse()),
  rewriting("null by a choice", (place) => {
    const { schema } = place;
    if (!Array.isArray(schema.type) || !schema.type.includes("null") || "enum" in schema || "anyOf" in schema)
      return false;
    const { type, ...rest } = schema;
    replace(place, {
      anyOf: [{ ...rest, type: type.filter((one: string) => one !== "null") }, { type: "null" }],
      ...hidden(schema),
    });
  }),
  rewriting("integer as a number of ones", ({ schema }) => {
    if (schema.type !== "integer" || "multipleOf" in schema) return false;
    Object.assign(schema, { type: "number", multipleOf: 1 });
  }),
  rewriting("a maximum left out", ({ schema }) => {
    if (schema.type !== "integer" || typeof schema.maximum !== "number") return false;
    schema.exclusiveMaximum = schema.maximum + 1;
    delete schema.maximum;
  }),
  rewriting("a minimum left out", ({ schema }) => {
    if (schema.type !== "integer" || typeof schema.minimum !== "number") return false;
    schema.exclusiveMinimum = schema.minimum - 1;
    delete schema.minimum;
  }),
  rewriting("a list of one as a constant", ({ schema }) => {
    if (asList(schema.enum).length !== 1) return false;
    schema.const = schema.enum[0];
    delete schema.enum;
  }),
  rewriting("values in another order", ({ schema }) => asList(schema.enum).length > 1 && schema.enum.reverse()),
  rewriting("a value twice", ({ schema }) => asList(schema.enum).length > 0 && schema.enum.push(schema.enum[0])),
  rewriting("values as a choice of constants", ({ schema }) => {
    if (asList(schema.enum).length === 0 || "oneOf" in schema) return false;
    schema.oneOf = [...new Set(schema.enum)].map((value) => ({ const: value }));
    delete schema.enum;
  }),
  rewriting(
    "required in another order",
    ({ schema }) => asList(schema.required).length > 1 && schema.required.reverse(),
  ),
  rewriting(
    "fields in another order",
    ({ schema }) => isNode(schema.properties) && Boolean((schema.properties = reversed(schema.properties))),
  ),
  rewriting("keywords in another order", (place) => replace(place, reversed(own(place)))),
  rewriting("a field that may be anything", ({ schema }) => {
    const name = Object.keys(asNode(schema.properties)).find(
      (one) => Object.keys(asNode(schema.properties[one])).length === 0,
    );
    return name !== undefined && Boolean((schema.properties[name] = true));
  }),
  rewriting("as the only part", (place) => replace(place, { allOf: [own(place)] })),
  rewriting("as the only choice", (place) => replace(place, { anyOf: [own(place)], ...hidden(place.schema) })),
  rewriting("as the one choice", (place) => replace(place, { oneOf: [own(place)], ...hidden(place.schema) })),
  rewriting("not what it is not", (place) =>
    isConvertible(place.schema) ? replace(place, { ...place.schema, not: { not: {} } }) : false,
  ),
  rewriting("a limit as a part", ({ schema }) => {
    if ("allOf" in schema) return false;
    const key = ["maxLength", "pattern", "maximum", "maxItems", "enum"].find((one) => one in schema);
    if (key === undefined) return false;
    schema.allOf = [{ [key]: schema[key] }];
    delete schema[key];
  }),
  rewriting("a limit twice", ({ schema }) => {
    if ("allOf" in schema || typeof schema.maxLength !== "number") return false;
    schema.allOf = [{ maxLength: schema.maxLength + 10 }];
  }),
  rewriting("a component of its own", (place, document) => {
    if (typeof own(place)?.$ref === "string") return false;
    const name = "WrittenElsewhere";
    if (name in document.components.schemas) return false;
    document.components.schemas[name] = own(place);
    replace(place, { $ref: `#/components/schemas/${name}` });
  }),
  rewriting("a reference written out", (place) => {
    if (typeof own(place)?.$ref !== "string" || Object.keys(own(place)).length > 1) return false;
    replace(place, structuredClone(place.schema));
  }),
  rewriting("a reference as a part", (place) => {
    if (typeof own(place)?.$ref !== "string" || Object.keys(own(place)).length > 1) return false;
    replace(place, { allOf: [own(place)] });
  }),
];

function isConvertible(schema: Any): boolean {
  return !("not" in schema);
}

/** What an object looks up at its fields stays where it looks. */
function hidden({ readOnly, writeOnly, deprecated, default: value }: Any): object {
  return {
    ...(readOnly !== undefined && { readOnly }),
    ...(writeOnly !== undefined && { writeOnly }),
    ...(deprecated !== undefined && { deprecated }),
    ...(value !== undefined && { default: value }),
  };
}
