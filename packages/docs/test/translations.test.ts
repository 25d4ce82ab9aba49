import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { editions } from "../src/edition/edition.ts";
import { localeOf } from "../src/edition/language.ts";

const written = join(import.meta.dirname, "..", "src", "content", "docs");
const site = join(import.meta.dirname, "..", "dist");
const pages = (await readdir(written, { recursive: true })).filter((file) => file.endsWith(".mdx"));
const english = pages.filter((file) => localeOf(file) === undefined);

describe.each(editions.slice(1))("in $language", ({ locale = "", operations }) => {
  it.each(english)("%s is translated, and the translation is of the text as it is now", async (file) => {
    const digest = createHash("sha256")
      .update(await readFile(join(written, file)))
      .digest("hex")
      .slice(0, 12);
    const translation = await readFile(join(written, locale, file), "utf8");
    expect(/^translates: "(\w+)"$/m.exec(translation)?.[1], "Look at the translation, then set `translates` to").toBe(
      digest,
    );
  });

  it("there is no page without an English one", () => {
    const others = pages.filter((file) => localeOf(file) === locale).map((file) => file.slice(locale.length + 1));
    expect(others.toSorted()).toEqual(english.toSorted());
  });

  it("every page has the same parts and the same code as the English one", async () => {
    for (const file of english) {
      const [one, other] = await Promise.all(
        [join(written, file), join(written, locale, file)].map((path) => readFile(path, "utf8")),
      );
      for (const part of [/^## /gm, /<Code [^>]*>/g, /^import /gm, /^\| /gm, /^- /gm])
        expect(other?.match(part)?.length, `${file} ${part}`).toBe(one?.match(part)?.length);
    }
  });

  it.each(operations.map(({ slug }) => slug))("the page of %s has no sentence in English left", async (slug) => {
    const html = await readFile(join(site, locale, "reference", slug, "index.html"), "utf8");
    const main = /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? "";
    const text = main
      .replaceAll(/<(script|style|pre|code|svg|ul)\b[\s\S]*?<\/\1>/g, (part) =>
        part.startsWith("<ul") ? strip(part) : " ",
      )
      .replaceAll(/<[^>]+>/g, "\n");
    const sentences = text.split("\n").filter((line) => /[a-z]+ [a-z]+ [a-z]+ [a-z]+/.test(line));
    // The titles of the vendor's documents are names.
    const titles = sentences.filter((line) => !/\(\d{4}-\d\d(-\d\d)?\)/.test(line));
    expect(titles).toEqual([]);
  });
});

function strip(part: string): string {
  return part.replaceAll(/<(pre|code)\b[\s\S]*?<\/\1>/g, " ");
}
