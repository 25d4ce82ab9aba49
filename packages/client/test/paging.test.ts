import { describe, expect, it } from "vitest";
import { paginate } from "../src/index.ts";

type Item = { id: string };

/** A list that answers pages, and can change between them. */
function list(size: number) {
  const items: Item[] = Array.from({ length: size }, (_, index) => ({ id: `${index}` }));
  const calls: { offset?: number; limit?: number }[] = [];
  let between = (_call: number) => {};
  const method = async ({ query = {} }: { query?: { offset?: number; limit?: number } }) => {
    calls.push(query);
    if (calls.length > 1) between(calls.length);
    const { offset = 0, limit = 10 } = query;
    return { count: 1_000_000, items: items.slice(offset, offset + limit) };
  };
  return {
    items,
    calls,
    method,
    onCall: (action: (call: number) => void) => {
      between = action;
    },
  };
}

async function ids(pages: AsyncIterable<Item>): Promise<string[]> {
  const found: string[] = [];
  for await (const { id } of pages) found.push(id);
  return found;
}

describe("paginate", () => {
  it.each([0, 1, 9, 10, 11, 25, 100])("gives each of %s items once, whatever count says", async (size) => {
    const { method, items } = list(size);
    expect(await ids(paginate(method, { query: { limit: 10 } }))).toEqual(items.map(({ id }) => id));
  });

  it("gives pages", async () => {
    const sizes: number[] = [];
    for await (const page of paginate(list(25).method, { query: { limit: 10 } }).pages()) sizes.push(page.length);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(25);
    expect(sizes[0]).toBe(10);
  });

  it("misses none of the items that stay when others vanish between pages", async () => {
    const { method, items, onCall } = list(60);
    onCall((call) => void (call === 2 && items.splice(0, 7)));
    const found = await ids(paginate(method, { query: { limit: 10 } }));
    for (const { id } of items) expect(found).toContain(id);
    expect(new Set(found).size).toBe(found.length);
  });

  it.each([
    [1, 2],
    [1, 3],
    [2, 3],
    [9, 3],
    [25, 4],
    [50, 4],
  ])("misses none of the items that stay when the first %s vanish before page %s", async (gone, page) => {
    const { method, items, onCall } = list(60);
    onCall((call) => void (call === page && items.splice(0, gone)));
    const found = await ids(paginate(method, { query: { limit: 10 } }));
    for (const { id } of items) expect(found).toContain(id);
    expect(new Set(found).size).toBe(found.length);
  });

  it("misses none when the service gives shorter pages than were asked for, and items vanish", async () => {
    const { method, items, onCall } = list(60);
    onCall((call) => void (call === 4 && items.splice(0, 3)));
    const capped = async ({ query }: { query?: { offset?: number; limit?: number } }) =>
      method({ query: { ...query, limit: 7 } });
    const found = await ids(paginate(capped, { query: { limit: 10 } }));
    for (const { id } of items) expect(found).toContain(id);
  });

  it.each(["newest first", "oldest first"])("goes on after a page that it knows whole, %s", async (order) => {
    const { method, items, onCall } = list(350);
    onCall((call) => {
      if (call !== 3) return;
      items.splice(order === "newest first" ? 150 : 10, 1);
      items.unshift({ id: "new" });
    });
    const found = await ids(paginate(method, { query: { limit: 100 } }));
    for (const { id } of items) if (id !== "new") expect(found).toContain(id);
  });

  it("goes through a list without a fixed order once more, and says when it has still found too few", async () => {
    const all = Array.from({ length: 30 }, (_, index) => ({ id: `${index}` }));
    let calls = 0;
    let isHidden = false;
    const unordered = async ({ query = {} }: { query?: { offset?: number; limit?: number } }) => {
      calls += 1;
      const { offset = 0, limit = 10 } = query;
      // The first walk never meets the last items of all.
      const shown = calls <= 4 || isHidden ? [...all.slice(0, 20), ...all.slice(0, 10)] : all;
      return { count: 30, items: shown.slice(offset, offset + limit) };
    };
    const shorts: unknown[] = [];
    const onShort = (short: unknown) => shorts.push(short);
    expect(await ids(paginate(unordered, { query: { limit: 10 } }, { onShort }))).toHaveLength(30);
    expect(shorts).toEqual([]);
    isHidden = true;
    expect(await ids(paginate(unordered, { query: { limit: 10 } }, { onShort }))).toHaveLength(20);
    expect(shorts).toEqual([{ found: 20, count: 30 }]);
  });

  it("gives all items one by one", async () => {
    expect(await ids(paginate(list(5).method, { query: { limit: 1 } }))).toEqual(["0", "1", "2", "3", "4"]);
  });

  it("takes a list that is null for an empty one", async () => {
    const none = async (_args: { query?: { offset?: number } }): Promise<{ items?: Item[] }> =>
      JSON.parse('{"items":null,"count":null}');
    expect(await ids(paginate(none))).toEqual([]);
  });

  it("gives no item twice when new ones appear in front", async () => {
    const { method, items, onCall } = list(30);
    onCall((call) => void (call === 2 && items.unshift({ id: "new" }, { id: "newer" })));
    const found = await ids(paginate(method, { query: { limit: 10 } }));
    expect(new Set(found).size).toBe(found.length);
    for (let index = 0; index < 30; index++) expect(found).toContain(`${index}`);
  });

  it("goes on after a page that is shorter than was asked for, while the count says that there is more", async () => {
    const all = Array.from({ length: 25 }, (_, index) => ({ id: `${index}` }));
    const capped = async ({ query = {} }: { query?: { offset?: number; limit?: number } }) => {
      const { offset = 0 } = query;
      return { count: all.length, items: all.slice(offset, offset + 7) };
    };
    expect(await ids(paginate(capped, { query: { limit: 10 } }))).toEqual(all.map(({ id }) => id));
  });

  it("ends when the service ignores the offset", async () => {
    let calls = 0;
    const same = async (_args: { query?: { offset?: number } }) => {
      calls += 1;
      return { items: Array.from({ length: 10 }, (_, index) => ({ id: `${index}` })) };
    };
    expect(await ids(paginate(same, { query: { limit: 10 } as never }))).toHaveLength(10);
    expect(calls).toBe(2);
  });
});
