import {
  type Contract,
  methodName,
  operationsOf,
  type Parameter,
  type ResolvedOperation,
  type Schema,
} from "./contract.ts";

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
const prose = new Set(["description", "examples", "example", "default", "readOnly", "writeOnly", "title", "format"]);

/**
 * One schema per operation over `{ path, query, body }`, without prose and with every reference resolved. The header
 * parameter is left out: a token is a credential, not part of the request's content.
 */
export function requestSchemas(contract: Contract): string {
  const schemas = operationsOf(contract).map((resolved) => [
    methodName(resolved.operation.operationId),
    requestSchema(contract, resolved),
  ]);
  const text = JSON.stringify(Object.fromEntries(schemas)).replaceAll("\\", "\\\\").replaceAll("'", "\\'");
  return [
    "// Made from the contract. Changes here are lost.",
    'import type { Schema } from "../validation/schema.ts";',
    "",
    "let schemas: Readonly<Record<string, Schema>> | undefined;",
    "",
    "/** The schema of an operation's request, by the name of its method. Text is read when the first request is held against it. */",
    "export function requestSchemaOf(name: string): Schema | undefined {",
    `  schemas ??= JSON.parse('${text}') as Readonly<Record<string, Schema>>;`,
    "  return schemas[name];",
    "}",
    "",
  ].join("\n");
}

function requestSchema(contract: Contract, { operation, parameters }: ResolvedOperation): Schema {
  const body = operation.requestBody?.content["application/json"].schema;
  return {
    type: "object",
    required: body === undefined ? ["path", "query"] : ["path", "query", "body"],
    additionalProperties: false,
    properties: {
      path: parameterSchema(contract, parameters, "path"),
      query: parameterSchema(contract, parameters, "query"),
      ...(body === undefined ? {} : { body: bare(contract, body, operation.operationId) }),
    },
  };
}

function parameterSchema(contract: Contract, parameters: readonly Parameter[], place: Parameter["in"]): Schema {
  const here = parameters.filter((parameter) => parameter.in === place);
  return {
    type: "object",
    additionalProperties: false,
    required: here.filter((parameter) => parameter.required).map((parameter) => parameter.name),
    properties: Object.fromEntries(
      here.map((parameter) => [parameter.name, bare(contract, parameter.schema, parameter.name)]),
    ),
  };
}

function bare(contract: Contract, schema: Schema, where: string): Schema {
  const reference = schema.$ref;
  if (typeof reference === "string") {
    const target = contract.components.schemas[reference.replace("#/components/schemas/", "")];
    if (target === undefined) throw new Error(`${where}: no schema ${reference} in the contract.`);
    return bare(contract, target, reference);
  }
  const result: Record<string, unknown> = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (prose.has(keyword) || (keyword.startsWith("x-") && !keywords.has(keyword))) continue;
    if (!keywords.has(keyword)) throw new Error(`${where}: src/validation/check.ts does not know "${keyword}".`);
    if (keyword === "properties") {
      const properties = Object.entries(value as Record<string, Schema>);
      result[keyword] = Object.fromEntries(
        properties.map(([name, property]) => [name, bare(contract, property, `${where}/${name}`)]),
      );
    } else if (keyword === "items") result[keyword] = bare(contract, value as Schema, `${where}/items`);
    else result[keyword] = value;
  }
  return result;
}
