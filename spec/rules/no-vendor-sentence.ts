import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { HouseRule, Location, Node, RuleContext } from "./house-rule.ts";
import { onExtension } from "./on-extension.ts";
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
    const extensions = onExtension(({ value, location }, ctx) => {
      for (const text of textsIn(value)) check(text, location, ctx);
    });
    return {
      any(node: Node, ctx: RuleContext) {
        for (const name of ["title", "summary", "description"]) check(node?.[name], ctx.location.child(name), ctx);
        extensions.any(node, ctx);
      },
    };
  },
};

/** The texts of an extension, without those of the extensions inside it, which are looked at by themselves. */
function textsIn(value: Node): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) => (name.startsWith("x-") ? [] : textsIn(part)));
}
