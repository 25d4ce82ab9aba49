import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { pageOf } from "@workspace-aps/cli/command-line";
import { describe, expect, it } from "vitest";
import { editions, englishEdition } from "../src/edition/edition.ts";
import { localeOf } from "../src/edition/language.ts";

const site = join(import.meta.dirname, "..", "dist");
const files = new Set(
  (await readdir(site, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(site.length)),
);
// Redoc's pages are made by another tool, and find their way by script.
const pages = [...files].filter((file) => file.endsWith(".html") && !file.endsWith("/redoc/index.html"));
const texts = new Map(
  await Promise.all(pages.map(async (page) => [page, await readFile(join(site, page), "utf8")] as const)),
);

/** The file that a link of the site leads to. */
function fileOf(path: string): string | undefined {
  return [path, `${path}index.html`, `${path}/index.html`].find((file) => files.has(file));
}

it("the styles of code stand before the first code, which would move otherwise", () => {
  const shown = [...texts].filter(([, text]) => text.includes('<figure class="frame'));
  expect(shown.length).toBeGreaterThan(30);
  const late = shown.filter(([, text]) => text.indexOf(".expressive-code{") > text.indexOf('<figure class="frame'));
  expect(late.map(([page]) => page)).toEqual([]);
});

describe("the links of the site", () => {
  it("are on more than a hundred pages", () => {
    expect(pages.length).toBeGreaterThan(200);
  });

  it("lead to pages, files and anchors that exist", () => {
    const broken: string[] = [];
    for (const [page, text] of texts) {
      const here = page.replace(/index\.html$/, "");
      for (const [, link = ""] of text.matchAll(/<a\b[^>]*? href="([^"]*)"/g)) {
        if (/^(https?:|mailto:)/.test(link)) continue;
        const target = new URL(link.replaceAll("&amp;", "&"), `http://site${here}`);
        const file = fileOf(decodeURIComponent(target.pathname));
        const anchor = decodeURIComponent(target.hash.slice(1));
        const found = file === undefined ? undefined : (texts.get(file) ?? "");
        if (found === undefined) broken.push(`${page}: ${link}`);
        else if (anchor !== "" && anchor !== "_top" && !found.includes(`id="${anchor}"`))
          broken.push(`${page}: ${link}`);
      }
    }
    expect([...new Set(broken)]).toEqual([]);
  });

  it("in errors of aps lead to pages that exist", () => {
    const { operations, contract } = englishEdition;
    const [operation] = operations;
    const linked = [
      ...operations.map(({ id }) => pageOf(id, undefined, "/")),
      ...contract["x-aps-error-codes"].map(({ code }) => pageOf(operation?.id ?? "", code, "/")),
    ];
    expect(linked.length).toBeGreaterThan(100);
    expect(linked.filter((path) => path === undefined || fileOf(path) === undefined)).toEqual([]);
  });

  it("give each anchor of a page once", () => {
    for (const [page, text] of texts) {
      const ids = [...text.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
      const twice = ids.filter((id, index) => ids.indexOf(id) !== index);
      expect(twice, page).toEqual([]);
    }
  });

  it.each(editions)(
    "have a Markdown twin of every page in $language, and llms.txt names each",
    async ({ locale, link }) => {
      const list = await readFile(join(site, link("/llms.txt")), "utf8");
      const own = pages.filter((file) => !/\/404(\/index)?\.html$/.test(file) && localeOf(file) === locale);
      expect(own.length).toBeGreaterThan(100);
      for (const page of own) {
        const twin = page === link("/index.html") ? link("/index.md") : page.replace(/\/index\.html$/, ".md");
        expect(files.has(twin), twin).toBe(true);
        expect(list, twin).toContain(`](${twin})`);
      }
    },
  );
});
