import type { Contract, Parameter, ResolvedOperation, Schema } from "./contract.ts";

/** The keywords that `src/validation/check.ts` knows. A contract that uses another one fails the build. */
const keywords = new Set([
  "type",
  "required",
  "properties",
  "additionalProperties",
  "minLength",
  "maxLength",
  "pattern",
  "enum",
  "minimum",
  "maximum",
  "multipleOf",
  "minItems",
  "maxItems",
  "uniqueItems",
  "x-aps-unique-by",
  "items",
]);
/** The function of `src/validation/hold-items.ts` by which every list is held against its rules: a property, and its value. */
export const holdItems = "holdItems";
/** The types that it knows. */
const types = new Set<unknown>(["array", "boolean", "integer", "object", "string"]);
const prose = new Set(["description", "examples", "example", "default", "readOnly", "writeOnly", "title", "format"]);

/**
 * The schema of an operation's request over `{ path, query, body }`, without prose and with every reference resolved. Objects are
 * closed, which is not said of each, and of their properties the required ones come first, so that their number is enough. The
 * header parameter is left out: a token is a credential, not part of the request's content.
 */
export function requestSchema(contract: Contract, { operation, parameters }: ResolvedOperation): Schema {
  const body = operation.requestBody?.content["application/json"].schema;
  return {
    type: "object",
    required: operation.requestBody?.required === true ? 3 : 2,
    properties: {
      path: parameterSchema(contract, parameters, "path"),
      query: parameterSchema(contract, parameters, "query"),
      ...(body === undefined ? {} : { body: bare(contract, body, operation.operationId) }),
    },
  };
}

function parameterSchema(contract: Contract, parameters: readonly Parameter[], place: Parameter["in"]): Schema {
  const here = parameters.filter((parameter) => parameter.in === place);
  const required = here.filter((parameter) => parameter.required).map((parameter) => parameter.name);
  const properties = Object.fromEntries(here.map((parameter) => [parameter.name, parameter.schema]));
  return bare(contract, { type: "object", additionalProperties: false, required, properties }, place);
}

function bare(contract: Contract, schema: Schema, where: string): Schema {
  const reference = schema.$ref;
  if (typeof reference === "string") {
    const target = contract.components.schemas[reference.replace("#/components/schemas/", "")];
    if (target === undefined) throw new Error(`${where}: no schema ${reference} in the contract.`);
    return bare(contract, target, reference);
  }
  if (!types.has(schema.type)) {
    throw new Error(`${where}: src/validation/check.ts does not know the type ${JSON.stringify(schema.type)}.`);
  }
  if (schema.type === "object" && schema.additionalProperties !== false) {
    throw new Error(`${where}: src/validation/check.ts takes objects for closed, and this one is open.`);
  }
  const { type: itemType } = (schema.items ?? {}) as Schema;
  if (schema.uniqueItems && itemType !== "string" && schema["x-aps-unique-by"] === undefined) {
    throw new Error(`${where}: src/validation/check.ts tells only texts apart, or objects by "x-aps-unique-by".`);
  }
  const result: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (prose.has(keyword) || (keyword.startsWith("x-") && !keywords.has(keyword))) continue;
    if (!keywords.has(keyword)) throw new Error(`${where}: src/validation/check.ts does not know "${keyword}".`);
    if (keyword === "additionalProperties" || keyword === "required") continue;
    if (keyword === "properties") Object.assign(result, propertiesOf(contract, schema, where));
    else if (keyword === "items") result[keyword] = bare(contract, value as Schema, `${where}/items`);
    else result[keyword] = value;
  }
  return schema.type === "array" ? { ...result, holdItems } : result;
}

/** Properties in the order required, optional, and how many are required. */
function propertiesOf(contract: Contract, schema: Schema, where: string): object {
  const properties = schema.properties as Readonly<Record<string, Schema>>;
  const required = (schema.required ?? []) as readonly string[];
  const names = [...required, ...Object.keys(properties).filter((name) => !required.includes(name))];
  if (names.length === 0) return {};
  const entries = names.map((name) => {
    const property = properties[name];
    if (property === undefined) throw new Error(`${where}: "${name}" is required, and no property.`);
    return [name, bare(contract, property, `${where}/${name}`)];
  });
  return { ...(required.length === 0 ? {} : { required: required.length }), properties: Object.fromEntries(entries) };
}
