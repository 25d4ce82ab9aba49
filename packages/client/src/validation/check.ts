import { isObject } from "./is-object.ts";
import { type Issue, issue } from "./issue.ts";
import { nearest } from "./nearest.ts";
import type { Add, Schema } from "./schema.ts";

/**
 * Holds a value against a schema and returns every rule that it breaks. Lengths count characters (code points), as JSON
 * Schema says; patterns are Unicode regular expressions.
 */
export function check(schema: Schema, value: unknown): Issue[] {
  const issues: Issue[] = [];
  collect(issues, schema, value, "");
  return issues;
}

function collect(issues: Issue[], schema: Schema, value: unknown, pointer: string): void {
  const add = (rule: keyof Schema, text: string) => issues.push(issue(pointer, rule, schema[rule], value, text));
  if (!hasType(schema.type, value)) add("type", `must be ${/^[aeiou]/.test(schema.type) ? "an" : "a"} ${schema.type}`);
  else if (schema.enum !== undefined && !schema.enum.includes(value)) {
    add("enum", `must be one of ${schema.enum.map((allowed) => JSON.stringify(allowed)).join(", ")}`);
  } else if (typeof value === "string") checkString(add, schema, value);
  else if (typeof value === "number") checkNumber(add, schema, value);
  else if (Array.isArray(value)) {
    schema.holdItems?.(add, schema, value);
    if (schema.items !== undefined) {
      for (let index = 0; index < value.length; index++) {
        collect(issues, schema.items, value[index], `${pointer}/${index}`);
      }
    }
  } else if (isObject(value)) checkObject(issues, schema, value, pointer);
}

function checkString(
  add: Add,
  { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern }: Schema,
  value: string,
) {
  // Code units are never fewer than code points, so most values need no count.
  const length = value.length > maxLength ? [...value].length : value.length;
  const isShort = length < minLength;
  const isLong = length > maxLength;
  if (isShort) add("minLength", minLength === 1 ? "must not be empty" : `must have at least ${minLength} characters`);
  if (isLong) add("maxLength", `must have at most ${maxLength} characters, not ${length}`);
  // A wrong length is not told twice: by a pattern that counts characters, or by one that needs any.
  const isTold = (isShort || isLong) && (value === "" || /\{\d/.test(pattern ?? ""));
  if (pattern !== undefined && !isTold && !regExp(pattern).test(value)) add("pattern", `must match ${pattern}`);
}

function checkNumber(add: Add, { minimum, maximum, multipleOf }: Schema, value: number): void {
  if (minimum !== undefined && value < minimum) add("minimum", `must be at least ${minimum}`);
  if (maximum !== undefined && value > maximum) add("maximum", `must be at most ${maximum}`);
  if (multipleOf !== undefined && value % multipleOf !== 0) add("multipleOf", `must be a multiple of ${multipleOf}`);
}

function checkObject(issues: Issue[], schema: Schema, value: Readonly<Record<string, unknown>>, pointer: string): void {
  const { properties = {}, required = 0 } = schema;
  const names = Object.keys(properties);
  for (const name of names.slice(0, required)) {
    if (value[name] === undefined) issues.push(issue(`${pointer}/${name}`, "required", true, undefined, "is required"));
  }
  for (const name of Object.keys(value)) {
    const given = value[name];
    if (given === undefined) continue;
    const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (known !== undefined) collect(issues, known, given, `${pointer}/${name}`);
    else issues.push(unknown(pointer, name, names, given));
  }
}

function unknown(pointer: string, name: string, known: readonly string[], given: unknown): Issue {
  const suggestion = nearest(name, known);
  const escaped = name.replaceAll("~", "~0").replaceAll("/", "~1");
  const found = issue(`${pointer}/${escaped}`, "additionalProperties", known, given, "is not a known property");
  if (suggestion === undefined) return found;
  return { ...found, suggestion, message: `${found.message} Did you mean ${suggestion}?` };
}

function hasType(type: Schema["type"], value: unknown): boolean {
  if (type === "integer") return Number.isInteger(value);
  if (type === "array") return Array.isArray(value);
  if (type === "object") return isObject(value);
  return typeof value === type;
}

const compiled = new Map<string, RegExp>();

function regExp(pattern: string): RegExp {
  let found = compiled.get(pattern);
  if (found === undefined) {
    found = new RegExp(pattern, "u");
    compiled.set(pattern, found);
  }
  return found;
}
