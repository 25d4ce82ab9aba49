import type { Field, Flag, Positional } from "../src/command.ts";
import { bodyOf, kebab, type Node, type Operation, oneLine, resolve } from "./contract.ts";
import { limitOf } from "./limit.ts";
import { aliases, usualValues } from "./names.ts";

/** What the client fills in by itself. */
const fromClient = new Set(["project_id"]);

/** Path parameters by position; a body that is only a list of ids gives those too. */
export function positionalsOf(operation: Operation): Positional[] {
  const path = operation.parameters
    .filter((parameter) => parameter.in === "path" && !fromClient.has(parameter.name))
    .map((parameter) => positional(parameter.name, ["path", parameter.name], parameter, parameter.schema));
  const items = bodyOf(operation)?.properties?.items;
  if (items === undefined) return path;
  const { maxItems } = resolve(items);
  return [
    ...path,
    {
      ...positional("id", ["body", "items"], resolve(items), items),
      many: true,
      ...(maxItems === undefined ? {} : { most: maxItems }),
    },
  ];
}

/** Query parameters and the properties of the body by name. One level of nesting becomes part of the name. */
export function flagsOf(operation: Operation): Flag[] {
  const query = operation.parameters
    .filter((parameter) => parameter.in === "query")
    .map((parameter) => flag(operation, ["query", parameter.name], parameter.schema, parameter));
  const body = bodyOf(operation);
  return [...query, ...properties(operation, ["body"], body).filter(({ at }) => at.join("/") !== "body/items")];
}

function properties(operation: Operation, at: readonly string[], schema: Node, outerRequired = true): Flag[] {
  return Object.entries<Node>(schema?.properties ?? {}).flatMap(([name, given]) => {
    const property = resolve(given);
    const required = outerRequired && (schema.required ?? []).includes(name);
    if (property.type === "object") return properties(operation, [...at, name], property, required);
    return [flag(operation, [...at, name], property, { description: property.description, required })];
  });
}

function flag(operation: Operation, at: readonly string[], given: Node, { description, required }: Node): Flag {
  const schema = resolve(given);
  const many = schema.type === "array";
  const element = many ? resolve(schema.items) : schema;
  const name = at.slice(1).map(kebab).join("-");
  const alias = aliases[`${operation.id}.${name}`];
  // A filter that must be given but may be empty stands for all, so that people need not give it.
  const usual = mayBeEmpty(at, element) ? "" : usualValues[`${operation.id}.${name}`];
  return {
    name,
    ...(alias === undefined ? {} : { alias }),
    at,
    type: typeOf(operation, at, element),
    many,
    required: required === true && usual === undefined,
    about: oneLine(description),
    limit: limitOf({
      ...schema,
      ...(element.type === "object" ? { items: {} } : {}),
      // A default is of no use to who must give the value.
      ...(required ? { default: undefined } : {}),
      ...(usual ? { default: usual } : {}),
    }),
    ...(usual === undefined ? {} : { usual }),
    ...(element.enum === undefined ? {} : { values: element.enum }),
    ...(element.type === "object" ? { fields: fieldsOf(operation, at, element) } : {}),
  };
}

function mayBeEmpty(at: readonly string[], { enum: values = [] }: Node): boolean {
  return at[0] === "query" && values.includes("");
}

function fieldsOf(operation: Operation, at: readonly string[], schema: Node): Field[] {
  return Object.entries<Node>(schema.properties).map(([name, given]) => {
    const property = resolve(given);
    const type = typeOf(operation, [...at, name], property);
    if (type === "object")
      throw new Error(`${operation.id}: ${[...at, name].join("/")} is nested too deep for a flag.`);
    return {
      name,
      type,
      required: (schema.required ?? []).includes(name),
      about: oneLine(property.description),
      limit: limitOf(property),
      ...(property.enum?.length === 1 ? { only: property.enum[0] } : {}),
    };
  });
}

function typeOf(operation: Operation, at: readonly string[], { type }: Node): Flag["type"] {
  if (type === "string" || type === "integer" || type === "boolean" || type === "object") return type;
  throw new Error(`${operation.id}: ${at.join("/")} has the type ${type}, which no flag can hold.`);
}

function positional(name: string, at: readonly string[], { description }: Node, schema: Node): Positional {
  return { name: kebab(name), at, many: false, about: oneLine(description), limit: limitOf(schema) };
}
