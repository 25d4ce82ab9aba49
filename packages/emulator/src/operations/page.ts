import { arrange, isRearranged, pageSize } from "../views/arrange.ts";
import type { Call } from "./operation.ts";

/** Shows every item of a list to a visitor, in the order of creation. */
export type Walk<T> = (visit: (item: T) => void) => void;

/**
 * One page of a list, newest first, with the number of all items that fit.
 *
 * @param walk goes through the list. It is called twice, once to count and once for the page, which costs less than to
 * keep every item that fits.
 */
export function page<T>(
  { query, view }: Pick<Call, "query" | "view">,
  walk: Walk<T>,
  fits: (item: T) => boolean,
  idOf: (item: T) => string,
): { count: number; items: readonly T[] } {
  const { offset, limit: asked } = query as { readonly offset: number; readonly limit: number };
  const limit = pageSize(view, asked);
  if (isRearranged(view)) {
    const all: T[] = [];
    walk((item) => {
      if (fits(item)) all.push(item);
    });
    return { count: all.length, items: arrange(view, all.reverse(), idOf).slice(offset, offset + limit) };
  }
  const count = countOf(walk, fits);
  const end = count - offset;
  if (end <= 0) return { count, items: [] };
  const items: T[] = [];
  let index = 0;
  walk((item) => {
    if (index >= end || !fits(item)) return;
    if (index >= end - limit) items.push(item);
    index += 1;
  });
  return { count, items: items.reverse() };
}

/** The number of items that fit. */
export function countOf<T>(walk: Walk<T>, fits: (item: T) => boolean): number {
  let count = 0;
  walk((item) => {
    if (fits(item)) count += 1;
  });
  return count;
}
