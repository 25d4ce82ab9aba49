import { isObject } from "./is-object.ts";
import type { Add, Schema } from "./schema.ts";

/** Holds a list against its rules. Few requests have a list, so this comes with the operations that do. */
export function holdItems(add: Add, schema: Schema, value: readonly unknown[]): void {
  const { minItems = 0, maxItems = Number.POSITIVE_INFINITY, uniqueItems, "x-aps-unique-by": key } = schema;
  const { length } = value;
  if (length < minItems) add("minItems", `must have at least ${minItems} items, not ${length}`);
  if (length > maxItems) add("maxItems", `must have at most ${maxItems} items, not ${length}`);
  const distinct = new Set(key === undefined ? value : value.map((item) => (isObject(item) ? item[key] : item)));
  if (distinct.size === length) return;
  if (key !== undefined) add("x-aps-unique-by", `must not contain the same ${key} twice`);
  else if (uniqueItems) add("uniqueItems", "must not contain the same item twice");
}
