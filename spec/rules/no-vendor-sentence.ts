import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { HouseRule, Location, Node, RuleContext } from "./house-rule.ts";
import { fingerprint, sentencesOf } from "./vendor-sentence.ts";

const FINGERPRINTS = join(import.meta.dirname, "vendor-fingerprints.txt");

/** No text repeats a sentence of the vendor in full. */
export const noVendorSentence: HouseRule = {
  id: "no-vendor-sentence",
  reason: "All prose is our own: the vendor's is not ours to copy, and often not clear.",
  create: () => {
    const known = new Set(readFileSync(FINGERPRINTS, "utf8").split("\n").filter(Boolean));
    const check = (text: unknown, location: Location, ctx: RuleContext) => {
      if (typeof text !== "string") return;
      for (const sentence of sentencesOf(text)) {
        if (!known.has(fingerprint(sentence))) continue;
        ctx.report({ message: `This is a sentence of the vendor: "${sentence}". Say it in other words.`, location });
      }
    };
    return {
      any(node: Node, ctx: RuleContext) {
        for (const name of ["title", "summary", "description"]) check(node?.[name], ctx.location.child(name), ctx);
      },
      SpecExtension(value: Node, ctx: RuleContext) {
        for (const text of textsIn(value)) check(text, ctx.location, ctx);
      },
    };
  },
};

function textsIn(value: Node): string[] {
  if (typeof value === "string") return [value];
  return value && typeof value === "object" ? Object.values(value).flatMap(textsIn) : [];
}
