import { suggestion } from "../arguments/nearest.ts";
import { UsageError } from "../arguments/usage-error.ts";

/** The value at a path such as `job_resource_info.resource_id`. */
export function valueAt(value: unknown, path: string): unknown {
  return path
    .split(".")
    .reduce<unknown>((inner, key) => (inner as Readonly<Record<string, unknown>> | null | undefined)?.[key], value);
}

/** The title of a column: the last part of its path. */
export function titleOf(path: string): string {
  return (path.split(".").at(-1) ?? "").replaceAll("_", " ").toUpperCase();
}

/** An item with nothing but some of its fields, in the shape that it has. */
export function pick(item: unknown, paths: readonly string[]): Record<string, unknown> {
  const picked: Record<string, unknown> = {};
  for (const path of paths) {
    const keys = path.split(".");
    const last = keys.pop() ?? "";
    let inner = picked;
    for (const key of keys) {
      inner[key] = typeof inner[key] === "object" && inner[key] !== null ? inner[key] : {};
      inner = inner[key] as Record<string, unknown>;
    }
    inner[last] = valueAt(item, path) ?? null;
  }
  return picked;
}

/**
 * Sorts items by a field: numbers by size, all else as text. Items without the field come last.
 *
 * @param by the field; with a hyphen before it, the other way round.
 */
export function sortItems(items: readonly unknown[], by: string | undefined): readonly unknown[] {
  if (by === undefined) return items;
  const path = by.replace(/^-/, "");
  const sign = by.startsWith("-") ? -1 : 1;
  const isMissing = (value: unknown) => value === undefined || value === null || value === "";
  return [...items].sort((one, other) => {
    const [a, b] = [valueAt(one, path), valueAt(other, path)];
    if (isMissing(a) || isMissing(b)) return Number(isMissing(a)) - Number(isMissing(b));
    if (typeof a === "number" && typeof b === "number") return sign * (a - b);
    return sign * String(a).localeCompare(String(b), "en", { numeric: true });
  });
}

/** @throws UsageError for a field that no item can have. */
export function refuseUnknownFields(asked: readonly string[], known: readonly string[], option: string): void {
  const isKnown = (path: string) => known.some((one) => one === path || one.startsWith(`${path}.`));
  const wrong = asked.find((path) => !isKnown(path));
  if (wrong === undefined) return;
  throw new UsageError(
    `${option}: ${JSON.stringify(wrong)} is not a field.${suggestion(wrong, known)} Fields: ${known.join(", ")}.`,
  );
}
