/**
 * One page of a list, newest first, with the number of all items that fit.
 *
 * @param newestLast makes the items in the order of creation. It is walked twice, once to count and once for the page,
 * which costs less than to keep every item that fits.
 */
export function page<T>(
  newestLast: () => Iterable<T>,
  query: Readonly<Record<string, unknown>>,
  fits: (item: T) => boolean,
): { count: number; items: T[] } {
  const offset = (query.offset as number | undefined) ?? 0;
  const limit = (query.limit as number | undefined) ?? 10;
  let count = 0;
  for (const item of newestLast()) if (fits(item)) count += 1;
  const end = count - offset;
  if (end <= 0) return { count, items: [] };
  const items: T[] = [];
  let index = 0;
  for (const item of newestLast()) {
    if (!fits(item)) continue;
    if (index >= end) break;
    if (index >= end - limit) items.push(item);
    index += 1;
  }
  return { count, items: items.reverse() };
}
