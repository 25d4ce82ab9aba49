import { type Node, resolve } from "./contract.ts";

/** The limits of a schema in words, such as `1 to 128 characters`. Empty when it has none. */
export function limitOf(given: Node): string {
  const schema = resolve(given);
  if (schema.enum !== undefined) {
    const values = `one of ${schema.enum.map(shown).join(", ")}`;
    return (schema.default ?? "") === "" ? values : `${values}; default ${shown(schema.default)}`;
  }
  if (schema.type === "array") return listLimit(schema);
  const parts = [range(schema), schema.multipleOf === undefined ? "" : `a multiple of ${schema.multipleOf}`];
  if (schema.default !== undefined && schema.default !== "") parts.push(`default ${schema.default}`);
  return parts.filter(Boolean).join(", ");
}

function range({ type, minLength, maxLength, minimum, maximum }: Node): string {
  if (type === "string") {
    const unit = (maxLength ?? minLength) === 1 ? "character" : "characters";
    if (minLength > 0 && maxLength !== undefined) return `${minLength} to ${maxLength} ${unit}`;
    if (maxLength !== undefined) return `at most ${maxLength} ${unit}`;
    return minLength > 0 ? `at least ${minLength} ${unit}` : "";
  }
  if (minimum !== undefined && maximum !== undefined) return `${minimum} to ${maximum}`;
  if (maximum !== undefined) return `at most ${maximum}`;
  return minimum === undefined ? "" : `at least ${minimum}`;
}

function listLimit({ minItems = 0, maxItems, items, uniqueItems }: Node): string {
  const count =
    minItems === maxItems
      ? `exactly ${minItems}`
      : minItems === 0
        ? `at most ${maxItems}`
        : `${minItems} to ${maxItems}`;
  const each = limitOf(items);
  return [maxItems === undefined ? "" : count, uniqueItems ? "each once" : "", each && `each ${each}`]
    .filter(Boolean)
    .join(", ");
}

function shown(value: unknown): string {
  return value === "" ? '""' : String(value);
}
