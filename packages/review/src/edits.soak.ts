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

it("is held on more than eight hundred edits of three documents, of which none stands twice in one", () => {
  expect(Object.values(editsOf).flat().length).toBeGreaterThan(800);
  for (const edits of Object.values(editsOf)) expect(new Set(edits.map(({ name }) => name)).size).toBe(edits.length);
});
