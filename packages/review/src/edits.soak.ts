import { describe, expect, it } from "vitest";
import { gravest } from "./change.ts";
import { changesBetween } from "./compare/contract.ts";
import { documentText, edited, editsOf } from "./edits/all.ts";

describe.each(Object.entries(editsOf))("the verdict on one edit of %s", async (document, edits) => {
  const text = await documentText(document);

  it.each(edits.map((one) => [one.name, one.expected, one] as const))("%s: %s", (_name, expected, edit) => {
    const { before, after } = edited(text, edit);
    const changes = changesBetween(before, after);
    expect([gravest(changes) ?? "unchanged", changes]).toEqual([expected, changes]);
  });
});

it("is held on more than a hundred and ninety edits, of which none stands twice", () => {
  const all = Object.values(editsOf).flat();
  expect(all.length).toBeGreaterThan(190);
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
});
