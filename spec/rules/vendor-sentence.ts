import { createHash } from "node:crypto";

const FEWEST_WORDS = 5;

/** The sentences of a text that are long enough to be somebody's own words, without case and punctuation. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/[.!?:;](?=\s|$)|[\n\r]+\s*[\n\r•-]|•/u)
    .map((part) =>
      part
        .toLowerCase()
        .replace(/[^\p{L}\p{N}\s]/gu, "")
        .replace(/\s+/gu, " ")
        .trim(),
    )
    .filter((sentence) => sentence.split(" ").length >= FEWEST_WORDS);
}

/** A short fingerprint, so that the vendor's sentences can be recognised without being kept here. */
export function fingerprint(sentence: string): string {
  return createHash("sha256").update(sentence).digest("hex").slice(0, 16);
}
