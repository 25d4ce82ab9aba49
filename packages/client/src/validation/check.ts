import { type Issue, issue } from "./issue.ts";
import { nearest } from "./nearest.ts";
import type { Schema } from "./schema.ts";

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
  if (!hasType(schema.type, value)) {
    issues.push(issue(pointer, "type", schema.type, value, `must be ${article(schema.type)}`));
  } else if (schema.enum !== undefined && !schema.enum.includes(value)) {
    const text = `must be one of ${schema.enum.map(quote).join(", ")}`;
    issues.push(issue(pointer, "enum", schema.enum, value, text));
  } else if (typeof value === "string") checkString(issues, schema, value, pointer);
  else if (typeof value === "number") checkNumber(issues, schema, value, pointer);
  else if (Array.isArray(value)) checkArray(issues, schema, value, pointer);
  else if (typeof value === "object" && value !== null) {
    checkObject(issues, schema, value as Record<string, unknown>, pointer);
  }
}

function checkString(issues: Issue[], schema: Schema, value: string, pointer: string): void {
  const { minLength, maxLength, pattern } = schema;
  const before = issues.length;
  // Code units are never fewer than code points, so most values need no count.
  const length = maxLength !== undefined && value.length > maxLength ? [...value].length : value.length;
  if (minLength !== undefined && length < minLength) {
    const text = minLength === 1 ? "must not be empty" : `must have at least ${minLength} characters`;
    issues.push(issue(pointer, "minLength", minLength, value, text));
  }
  if (maxLength !== undefined && length > maxLength) {
    const text = `must have at most ${maxLength} characters, not ${length}`;
    issues.push(issue(pointer, "maxLength", maxLength, value, text));
  }
  // An empty value that must not be empty breaks one rule, not two.
  if (pattern !== undefined && issues.length === before && !regExp(pattern).test(value)) {
    issues.push(issue(pointer, "pattern", pattern, value, `must match ${pattern}`));
  }
}

function checkNumber(issues: Issue[], schema: Schema, value: number, pointer: string): void {
  const { minimum, maximum, multipleOf } = schema;
  if (minimum !== undefined && value < minimum) {
    issues.push(issue(pointer, "minimum", minimum, value, `must be at least ${minimum}`));
  } else if (maximum !== undefined && value > maximum) {
    issues.push(issue(pointer, "maximum", maximum, value, `must be at most ${maximum}`));
  } else if (multipleOf !== undefined && value % multipleOf !== 0) {
    issues.push(issue(pointer, "multipleOf", multipleOf, value, `must be a multiple of ${multipleOf}`));
  }
}

function checkArray(issues: Issue[], schema: Schema, value: readonly unknown[], pointer: string): void {
  const { minItems, maxItems, items } = schema;
  const key = schema["x-aps-unique-by"];
  if (minItems !== undefined && value.length < minItems) {
    const text = `must have at least ${minItems} items, not ${value.length}`;
    issues.push(issue(pointer, "minItems", minItems, value, text));
  }
  if (maxItems !== undefined && value.length > maxItems) {
    const text = `must have at most ${maxItems} items, not ${value.length}`;
    issues.push(issue(pointer, "maxItems", maxItems, value, text));
  }
  if (schema.uniqueItems && new Set(value.map(canonical)).size < value.length) {
    issues.push(issue(pointer, "uniqueItems", true, value, "must not contain the same item twice"));
  } else if (key !== undefined && new Set(value.map((item) => property(item, key))).size < value.length) {
    issues.push(issue(pointer, "x-aps-unique-by", key, value, `must not contain the same ${key} twice`));
  }
  if (items === undefined) return;
  for (let index = 0; index < value.length; index++) collect(issues, items, value[index], `${pointer}/${index}`);
}

function checkObject(issues: Issue[], schema: Schema, value: Readonly<Record<string, unknown>>, pointer: string): void {
  const properties = schema.properties ?? {};
  for (const name of schema.required ?? []) {
    if (value[name] === undefined) issues.push(issue(join(pointer, name), "required", true, undefined, "is required"));
  }
  for (const name of Object.keys(value)) {
    const given = value[name];
    if (given === undefined) continue;
    const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
    if (known !== undefined) collect(issues, known, given, join(pointer, name));
    else if (schema.additionalProperties === false) issues.push(unknown(pointer, name, Object.keys(properties), given));
  }
}

function unknown(pointer: string, name: string, known: readonly string[], given: unknown): Issue {
  const suggestion = nearest(name, known);
  const found = issue(join(pointer, name), "additionalProperties", known, given, "is not a known property");
  if (suggestion === undefined) return found;
  return { ...found, suggestion, message: `${found.message} Did you mean ${suggestion}?` };
}

function hasType(type: Schema["type"], value: unknown): boolean {
  if (type === undefined) return true;
  if (typeof type !== "string") return type.some((one) => hasType(one, value));
  if (type === "integer") return Number.isInteger(value);
  if (type === "number") return Number.isFinite(value);
  if (type === "array") return Array.isArray(value);
  if (type === "null") return value === null;
  if (type === "object") return typeof value === "object" && value !== null && !Array.isArray(value);
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

/** JSON with sorted keys, so that equal values have equal text. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

function property(item: unknown, key: string): unknown {
  return typeof item === "object" && item !== null ? (item as Record<string, unknown>)[key] : item;
}

function join(pointer: string, name: string): string {
  return `${pointer}/${/[~/]/.test(name) ? name.replaceAll("~", "~0").replaceAll("/", "~1") : name}`;
}

function article(type: Schema["type"]): string {
  const name = typeof type === "string" ? type : (type ?? []).join(" or ");
  return /^[aeiou]/.test(name) ? `an ${name}` : `a ${name}`;
}

function quote(value: unknown): string {
  return JSON.stringify(value);
}
