import type { Alternative } from "./alternative.ts";
import { typeOf } from "./read.ts";
import { stable } from "./side.ts";

/** `unknown` where it cannot be decided, such as for a pattern that no engine here reads. */
export type Answer = "yes" | "no" | "unknown";

/** Whether a value is of an alternative. Objects and lists are looked up only: what is within them is not judged. */
export function accepts(one: Alternative, value: unknown): Answer {
  if (typeOf(value) !== one.type) return "no";
  if (one.values !== undefined && !one.values.has(stable(value))) return "no";
  const isWithin = limit(one, value);
  if (isWithin === "no" || one.rest.size === 0) return isWithin;
  return "unknown";
}

function limit({ number, string, array, object, values }: Alternative, value: unknown): Answer {
  if (typeof value === "number") {
    const { minimum, maximum, isMinimumExclusive, isMaximumExclusive, isInteger, multiples, formats } = number;
    if (isInteger && !Number.isInteger(value)) return "no";
    if (isMinimumExclusive ? value <= minimum : value < minimum) return "no";
    if (isMaximumExclusive ? value >= maximum : value > maximum) return "no";
    if (multiples.some((step) => !isMultiple(value, step))) return "no";
    return formats.length > 0 ? "unknown" : "yes";
  }
  if (typeof value === "string") {
    const length = [...value].length;
    if (length < string.minLength || length > string.maxLength) return "no";
    const found = string.patterns.map((pattern) => test(pattern, value));
    if (found.includes("no")) return "no";
    return found.includes("unknown") || string.formats.length > 0 ? "unknown" : "yes";
  }
  if (typeof value === "boolean" || value === null) return "yes";
  if (values?.has(stable(value))) return "yes";
  if (Array.isArray(value)) {
    if (value.length < array.minItems || value.length > array.maxItems) return "no";
  } else if ([...object.required].some((name) => !(name in (value as object)))) return "no";
  return "unknown";
}

/** Whether a number is a multiple of a step, as exactly as numbers of 64 bits tell. */
export function isMultiple(value: number, step: number): boolean {
  const ratio = value / step;
  return Math.abs(ratio - Math.round(ratio)) < 1e-9;
}

function test(pattern: string, text: string): Answer {
  try {
    return new RegExp(pattern, "u").test(text) ? "yes" : "no";
  } catch {
    return "unknown";
  }
}
