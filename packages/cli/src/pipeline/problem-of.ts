import type { ErrorObject } from "ajv";
import { suggestion } from "../arguments/nearest.ts";

const kinds: Readonly<Record<string, string>> = {
  string: "a text",
  integer: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a group of keys",
};

/** Says what is wrong with a value of the file, and what was given. */
export function problemOf({ keyword, params, instancePath, data, parentSchema }: ErrorObject): string {
  const name = instancePath === "" ? "The file" : instancePath.slice(1).replaceAll("/", ".");
  const keys = Object.keys((parentSchema as { properties?: object } | undefined)?.properties ?? {});
  const given = `; given was ${textOf(data)}.`;
  switch (keyword) {
    case "additionalProperties": {
      const key = String(params.additionalProperty);
      return `${key} is not known here.${suggestion(key, keys)} Keys: ${keys.join(", ")}.`;
    }
    case "required":
      return `${name} needs ${params.missingProperty}.`;
    case "type": {
      const types = [params.type].flat().map((type) => kinds[type] ?? type);
      const example = exampleOf(parentSchema);
      // An id of digits would lose some of them as a number.
      const quotes = typeof data === "number" && example === "" ? " Write it in quotes." : "";
      return `${name} must be ${types.join(" or ")}${example === "" ? "" : ` such as ${example}`}${given}${quotes}`;
    }
    case "enum":
      return `${name} must be one of ${params.allowedValues.join(", ")}${given}`;
    case "pattern":
      return `${name} must be such as ${exampleOf(parentSchema)}${given}`;
    case "minimum":
    case "maximum":
      return `${name} must be a number ${params.comparison} ${params.limit}${given}`;
    case "minLength":
    case "minItems":
      return `${name} must not be empty.`;
    case "uniqueItems":
      return `${name} names something twice.`;
    default:
      return `${name} breaks the rule ${keyword}${given}`;
  }
}

function exampleOf(schema: unknown): string {
  return ((schema as { examples?: readonly string[] }).examples ?? []).join(", ");
}

function textOf(data: unknown): string {
  return data === null || data === undefined ? "nothing" : JSON.stringify(data);
}
