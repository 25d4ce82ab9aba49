import { asList } from "../document.ts";

/** What the first list has and the second has not. */
export function without(first: unknown, second: unknown): string[] {
  const rest = new Set(asList(second));
  return asList(first)
    .filter((value) => !rest.has(value))
    .map(String);
}

/** Names for a sentence. */
export function namesOf(values: readonly string[]): string {
  return values.map((value) => `\`${value}\``).join(", ");
}
