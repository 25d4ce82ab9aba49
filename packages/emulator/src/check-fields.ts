import { InvalidInput } from "./invalid-input.ts";

/** What a field must be, in words, and whether a value is that. */
export interface FieldRule {
  readonly needed: boolean;
  readonly rule: string;
  holds(value: unknown): boolean;
}

/** The fields that an object may have. */
export type Fields = Readonly<Record<string, FieldRule>>;

/** A field that must be there. */
export const needed = (rule: string, holds: (value: unknown) => boolean): FieldRule => ({ needed: true, rule, holds });
/** A field that may be left out. */
export const optional = (rule: string, holds: (value: unknown) => boolean): FieldRule => ({
  needed: false,
  rule,
  holds,
});

/** Whether a value is a number, and not below 0. */
export const isNumber = (value: unknown): boolean => Number.isFinite(value) && Number(value) >= 0;
/** Whether a value is a whole number, and not below 1. */
export const isCount = (value: unknown): boolean => Number.isInteger(value) && Number(value) >= 1;
/** Whether a value is true or false. */
export const isFlag = (value: unknown): boolean => typeof value === "boolean";
/** Whether a value is a text. */
export const isText = (value: unknown): boolean => typeof value === "string";
/** Whether a value is a list of texts. */
export const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);
/** Whether a value is an object, and no list. */
export const isObject = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value);
/** Whether a value is one of some. */
export const isOneOf =
  (values: readonly unknown[]) =>
  (value: unknown): boolean =>
    values.includes(value);

/**
 * Makes sure that an object has the fields that it needs, and no other.
 *
 * @throws InvalidInput that names the field, the rule and what was given.
 */
export function hold(place: string, value: object, fields: Fields): void {
  for (const name of Object.keys(value)) {
    if (Object.hasOwn(fields, name)) continue;
    const known = Object.keys(fields);
    const words = known.length === 0 ? "it takes no fields" : `known are ${known.join(", ")}`;
    throw new InvalidInput(`${place}.${name} is not known; ${words}.`);
  }
  for (const [name, field] of Object.entries(fields)) {
    const given = (value as Readonly<Record<string, unknown>>)[name];
    if (given === undefined ? !field.needed : field.holds(given)) continue;
    throw new InvalidInput(`${place}.${name} must be ${field.rule}; given was ${show(given)}.`);
  }
}

/** A value for a message, cut where it is long. */
export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? "nothing";
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
