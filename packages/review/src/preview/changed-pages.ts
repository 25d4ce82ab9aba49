import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A page of two builds of the site, each as a document that needs no other file. */
export interface ChangedPage {
  /** Address in the site, as `/reference/show-image-job/`. */
  readonly address: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/**
 * The pages whose main part differs between two builds of the site.
 *
 * @param before folder of the earlier build.
 * @param after folder of the later one.
 */
export function changedPages(before: string, after: string): ChangedPage[] {
  const files = [...new Set([before, after].flatMap(pagesIn))].sort();
  return files.flatMap((file): ChangedPage[] => {
    const [was, is] = [before, after].map((site) => read(join(site, file)));
    const [old, now] = [was, is].map((page) => (page === undefined ? undefined : mainOf(page)));
    if (old === now) return [];
    const address = `/${file.replaceAll("\\", "/").replace(/index\.html$/, "")}`;
    return [
      {
        address,
        before: was && alone(before, was, marked(old ?? "", now ?? "")),
        after: is && alone(after, is, marked(now ?? "", old ?? "")),
      },
    ];
  });
}

function pagesIn(site: string): string[] {
  if (!existsSync(site)) throw new Error(`${site} is not there. Is the site built?`);
  return readdirSync(site, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".html"));
}

function read(file: string): string | undefined {
  return existsSync(file) ? readFileSync(file, "utf8") : undefined;
}

/** What a page is about, without its frame. */
function mainOf(page: string): string {
  const [found] = /<main[\s\S]*<\/main>/.exec(page) ?? [];
  return (found ?? page).replace(/<script[\s\S]*?<\/script>/g, "");
}

/** Blocks whose text the other side has not are marked. */
function marked(main: string, other: string): string {
  const known = new Set([...other.matchAll(blocks)].map(([, , , inner = ""]) => textOf(inner)));
  return main.replace(blocks, (whole, name: string, attributes: string, inner: string) => {
    const isKnown = known.has(textOf(inner)) || textOf(inner) === "";
    return isKnown ? whole : `<${name}${attributes} data-differs>${inner}</${name}>`;
  });
}

/** The innermost blocks that have a text of their own. */
const blocks =
  /<(p|li|td|dt|dd|h[1-6]|pre|summary)\b([^>]*)>((?:(?!<(?:p|li|td|dt|dd|h[1-6]|pre|summary)\b)[\s\S])*?)<\/\1>/g;

function textOf(inner: string): string {
  return inner
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}

/** A page with its styles in it, and without programs. */
function alone(site: string, page: string, main: string): string {
  const linked = [...page.matchAll(/<link[^>]+rel="stylesheet"[^>]*>/g)].map(([tag]) => {
    const [, href = ""] = /href="([^"]+)"/.exec(tag) ?? [];
    return read(join(site, ...href.split("/"))) ?? "";
  });
  const own = [...page.matchAll(/<style[^>]*>([\s\S]*?)<\/style>/g)].map(([, style = ""]) => style);
  const [, attributes = ""] = /<html([^>]*)>/.exec(page) ?? [];
  const style = [...linked, ...own, "[data-differs] { outline: 2px solid #b26a00; outline-offset: 2px; }"].join("\n");
  return `<!doctype html><html${attributes}><meta charset="utf-8"><style>${style}</style><body>${main}</body></html>`;
}
