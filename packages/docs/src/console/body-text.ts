import type { Kind } from "../contract/fields.ts";

/** Where a value stands in a body: names of properties, and places in lists. */
export type Path = readonly (string | number)[];

/** The body that a text holds; undefined as long as it is not the JSON of an object. */
export function bodyIn(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** A body as text, with another value at a path. Without a value, what stands there is taken out. */
export function textWith(body: Readonly<Record<string, unknown>>, path: Path, value: unknown): string {
  return JSON.stringify(withValue(body, path, value), null, 2);
}

/** What was typed as a value of JSON. A text that is not of the kind stays a text, so that the contract can refuse it. */
export function valueFrom(text: string, kind: Kind): unknown {
  if (kind === "boolean" && /^(true|false)$/.test(text)) return text === "true";
  if (kind === "integer" && /^-?\d{1,15}$/.test(text)) return Number(text);
  if (kind === "number" && /^-?\d{1,15}(\.\d{1,15})?$/.test(text)) return Number(text);
  return text;
}

/** A value as it stands in an input. */
export function textOf(value: unknown): string {
  if (value === undefined) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

function withValue(value: unknown, [step, ...rest]: Path, next: unknown): unknown {
  if (step === undefined) return next;
  if (typeof step === "number") {
    const list: readonly unknown[] = Array.isArray(value) ? value : [];
    const inner = withValue(list[step], rest, next);
    return inner === undefined ? list.toSpliced(step, 1) : Object.assign([...list], { [step]: inner });
  }
  const { [step]: before, ...others } = isObject(value) ? value : {};
  const inner = withValue(before, rest, next);
  if (inner === undefined) return others;
  return isObject(value) && step in value ? { ...value, [step]: inner } : { ...others, [step]: inner };
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
