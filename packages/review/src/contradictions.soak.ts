import { describe, expect, it } from "vitest";
import { gravest } from "./change.ts";
import { changesBetween } from "./compare/contract.ts";
import { contradictions } from "./contradictions.ts";
import { documentText, edited, editsOf } from "./edits/all.ts";

describe.each(Object.entries(editsOf))("no value contradicts what is safe in %s", async (name, edits) => {
  const text = await documentText(name);

  it("over all edits", () => {
    const found = edits.flatMap((edit) => {
      const { before, after } = edited(text, edit);
      const verdict = gravest(changesBetween(before, after)) ?? "unchanged";
      if (verdict === "breaking" || verdict === "risky") return [];
      return contradictions(before, after, 40).map((value) => `${edit.name}: ${value}`);
    });
    expect(found).toEqual([]);
  });

  it("and values do contradict what breaks, so that they are worth something", () => {
    const shown = edits.filter((edit) => {
      const { before, after } = edited(text, edit);
      return edit.expected === "breaking" && contradictions(before, after, 40).length > 0;
    });
    expect(shown.length).toBeGreaterThan(20);
  });
});
