import type { CallOptions } from "../methods.ts";

/** A method of the client that lists, such as `client.listImageServers`. */
type ListMethod<Arguments, Item> = (args: Arguments, options?: CallOptions) => Promise<List<Item>>;

interface List<Item> {
  readonly items?: readonly Item[];
  readonly count?: number;
}

interface PageQuery {
  readonly offset?: number | undefined;
  readonly limit?: number | undefined;
}

/** The items of a list, one by one or by page. */
export interface Pages<Item> extends AsyncIterable<Item> {
  /** The same items, grouped as they arrived. */
  pages(): AsyncIterable<readonly Item[]>;
}

const defaultLimit = 100;

/**
 * Walks through a list to its end. Every page overlaps the one before by one item, so that it shows when items vanished
 * in between: the walk then goes back until it meets an item that it has seen, and misses none. After a page of a single
 * item there is no overlap. No item comes twice. The `count` of an answer never ends the walk; it makes it go on after a page
 * that is shorter than was asked for.
 *
 * @param method a method of the client that lists.
 * @param args its arguments; `query.offset` is where to begin (default 0), `query.limit` the page size (default 100).
 */
export function paginate<Arguments extends { query?: PageQuery }, Item>(
  method: ListMethod<Arguments, Item>,
  args?: Arguments,
  options?: CallOptions,
): Pages<Item> {
  const pages = () => walk(method, args ?? ({} as Arguments), options);
  return {
    pages,
    async *[Symbol.asyncIterator]() {
      for await (const page of pages()) yield* page;
    },
  };
}

async function* walk<Arguments extends { query?: PageQuery }, Item>(
  method: ListMethod<Arguments, Item>,
  args: Arguments,
  options: CallOptions | undefined,
): AsyncGenerator<readonly Item[]> {
  const { offset: first = 0, limit = defaultLimit } = args.query ?? {};
  const seen = new Set<string>();
  let offset = first;
  /** How far the walk went from the last page to this one, if the two overlap. */
  let step = 0;
  for (;;) {
    const query = { ...args.query, offset, limit };
    const page = await method({ ...args, query }, options);
    const items = page.items ?? [];
    const fresh = items.filter((item) => !seen.has(keyOf(item)));
    if (step > 0 && offset > first && fresh.length === items.length) {
      // Nothing here was seen before, so items before this page have vanished. The page before overlaps this one likewise.
      offset = Math.max(first, offset - step);
      continue;
    }
    for (const item of fresh) seen.add(keyOf(item));
    if (fresh.length > 0) yield fresh;
    const isLast = items.length < limit && offset + items.length >= (page.count ?? 0);
    if (isLast || fresh.length === 0) return;
    step = items.length - 1;
    offset += step || 1;
  }
}

function keyOf(item: unknown): string {
  const id = (item as { id?: unknown } | null)?.id;
  return typeof id === "string" ? id : JSON.stringify(item);
}
