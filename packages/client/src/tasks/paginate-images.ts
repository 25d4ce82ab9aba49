import type { CallOptions } from "../method.ts";
import type { Pages } from "./paginate.ts";

interface MarkerQuery {
  readonly limit?: number | undefined;
  readonly marker?: string | undefined;
}

const defaultLimit = 100;

/**
 * Walks through a list of the image service to its end. Such a list has neither offsets nor a count: a page begins after the
 * image that `marker` names. No image comes twice, and the walk ends with a page that brings nothing new.
 *
 * @param method the method `listImages` of a client.
 * @param args its arguments; `query.marker` is where to begin (default: at the first), `query.limit` the page size (default 100).
 */
export function paginateImages<Arguments extends { query?: MarkerQuery }, Image extends { readonly id: string }>(
  method: (args?: Arguments, options?: CallOptions) => Promise<{ readonly images?: readonly Image[] }>,
  args?: Arguments,
  options?: CallOptions,
): Pages<Image> {
  const pages = () => walk(method, args ?? ({} as Arguments), options);
  return {
    pages,
    async *[Symbol.asyncIterator]() {
      for await (const page of pages()) yield* page;
    },
  };
}

async function* walk<Arguments extends { query?: MarkerQuery }, Image extends { readonly id: string }>(
  method: (args?: Arguments, options?: CallOptions) => Promise<{ readonly images?: readonly Image[] }>,
  args: Arguments,
  options: CallOptions | undefined,
): AsyncGenerator<readonly Image[]> {
  const { limit = defaultLimit } = args.query ?? {};
  const seen = new Set<string>();
  let { marker } = args.query ?? {};
  for (;;) {
    const query = { ...args.query, limit, ...(marker === undefined ? {} : { marker }) };
    const { images = [] } = await method({ ...args, query }, options);
    const fresh = images.filter(({ id }) => !seen.has(id));
    for (const { id } of fresh) seen.add(id);
    if (fresh.length === 0) return;
    yield fresh;
    marker = images.at(-1)?.id;
  }
}
