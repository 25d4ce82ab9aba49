import { largestPage } from "../generated/contract.ts";
import type { CallOptions } from "../method.ts";

/** A method of the client that lists, such as `client.listImageServers`. */
type ListMethod<Arguments, Item> = (args: Arguments, options?: CallOptions) => Promise<List<Item>>;

interface List<Item> {
  readonly items?: readonly Item[];
  readonly count?: number;
}

/** The arguments of a walk, of whatever list. */
interface PageArguments {
  readonly query?: { readonly offset?: number | undefined; readonly limit?: number | undefined };
}

/** The items of a list, one by one or by page. */
export interface Pages<Item> extends AsyncIterable<Item> {
  /** The same items, grouped as they arrived. */
  pages(): AsyncIterable<readonly Item[]>;
}

/** What a walk sets for its calls, and whom to tell. */
export interface PaginateOptions extends CallOptions {
  /** Called at the end of a walk that has found fewer items than the service counts, though it went through the list twice. */
  readonly onShort?: ((short: { readonly found: number; readonly count: number }) => void) | undefined;
}

/** A list that changes all the time is not gone back in for ever. */
const mostStepsBack = 100;

/**
 * Walks through a list to its end. Every page overlaps the one before by one item, so that it shows when items vanished
 * in between: the walk then goes back until it meets an item that it has seen. After a page of a single item there is no
 * overlap. No item comes twice. The walk ends with a page that is shorter than was asked for, not before the `count` of the
 * answer, or with an empty one. When it has found fewer than `count` by then, as in a list without a fixed order, it goes
 * through the list once more.
 *
 * @param method a method of the client that lists.
 * @param args its arguments; `query.offset` is where to begin (default 0), `query.limit` the page size (default: the largest, 100).
 */
export function paginate<Arguments extends PageArguments | undefined, Item>(
  method: ListMethod<Arguments, Item>,
  args?: Arguments,
  options?: PaginateOptions,
): Pages<Item> {
  // What else a list needs was given, or the compiler has refused it.
  const pages = () => walk(method as unknown as ListMethod<PageArguments, Item>, args ?? {}, options);
  return {
    pages,
    async *[Symbol.asyncIterator]() {
      for await (const page of pages()) yield* page;
    },
  };
}

async function* walk<Item>(
  method: ListMethod<PageArguments, Item>,
  args: PageArguments,
  options: PaginateOptions | undefined,
): AsyncGenerator<readonly Item[]> {
  const { offset: first = 0 } = args.query ?? {};
  const seen = new Set<string>();
  const isShort = (count: number) => seen.size < count - first;
  let count = yield* walkOnce(method, args, options, seen);
  if (isShort(count)) count = yield* walkOnce(method, args, options, seen);
  if (isShort(count)) options?.onShort?.({ found: seen.size, count });
}

/** Goes to the end once, and resolves to what the service counts. */
async function* walkOnce<Item>(
  method: ListMethod<PageArguments, Item>,
  args: PageArguments,
  options: CallOptions | undefined,
  seen: Set<string>,
): AsyncGenerator<readonly Item[], number> {
  const { offset: first = 0, limit = largestPage } = args.query ?? {};
  /** What this walk has met; an earlier one may have met all. */
  const met = new Set<string>();
  let offset = first;
  /** How far the walk went from the last page to this one, if the two overlap. */
  let step = 0;
  let stepsBack = 0;
  let last = "";
  for (;;) {
    const query = { ...args.query, offset, limit };
    const page = await method({ ...args, query }, options);
    const items = page.items ?? [];
    const keys = items.map(keyOf);
    if (step > 0 && offset > first && stepsBack < mostStepsBack && !keys.some((key) => met.has(key))) {
      // Nothing here was met before, so items before this page have vanished. The page before overlaps this one likewise.
      offset = Math.max(first, offset - step);
      stepsBack += 1;
      continue;
    }
    const fresh = items.filter((_, index) => !seen.has(keys[index] ?? ""));
    for (const key of keys) {
      met.add(key);
      seen.add(key);
    }
    if (fresh.length > 0) yield fresh;
    const count = page.count ?? 0;
    const isLast = items.length < limit && offset + items.length >= count;
    // A service that takes no notice of the offset answers the same page again.
    const isSame = items.length > 1 && last === keys.join();
    if (isLast || items.length === 0 || isSame) return count;
    last = keys.join();
    step = items.length - 1;
    offset += step || 1;
  }
}

function keyOf(item: unknown): string {
  const id = (item as { id?: unknown } | null)?.id;
  return typeof id === "string" ? id : JSON.stringify(item);
}
