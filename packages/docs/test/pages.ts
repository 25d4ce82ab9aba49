import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { errorPath } from "../src/contract/error-path.ts";
import { type Edition, editions } from "../src/edition/edition.ts";
import { guideWords } from "../src/words/guides.ts";
import { coverOf } from "./parts.ts";
import { isLong } from "./share.ts";

const site = join(import.meta.dirname, "..", "dist");

const lookUp = ["jobs", "errors", "permissions", "regions", "limits", "quirks", "changelog", "contract"];

/** The path of every page of an edition. */
function pagesOf({ contract, operations, link }: Edition): string[] {
  const paths = [
    "/",
    ...Object.keys(guideWords.en).map((id) => `/guides/${id}/`),
    ...operations.map(({ slug }) => `/reference/${slug}/`),
    ...lookUp.map((id) => `/${id}/`),
    ...new Set(contract["x-aps-error-codes"].map(({ code }) => errorPath(code))),
  ];
  return paths.map(link);
}

/** The pages of an edition that the ordinary tests read with everything, and those that they open besides. */
async function chosenOf(edition: Edition): Promise<{ read: string[]; opened: string[] }> {
  const { operations, link, locale } = edition;
  const texts = new Map<string, string>();
  for (const path of pagesOf(edition)) texts.set(path, await readFile(join(site, path, "index.html"), "utf8"));
  const sizeOf = (path: string) => texts.get(path)?.length ?? 0;
  const [heaviest = ""] = operations
    .map(({ slug }) => link(`/reference/${slug}/`))
    .sort((one, other) => sizeOf(other) - sizeOf(one));
  // In other languages pages have the same parts: those that have most are read there.
  const cover = coverOf(texts);
  const read = locale === undefined ? cover : cover.slice(0, 4);
  const opened = [heaviest, ...(locale === undefined ? lookUp.map((id) => link(`/${id}/`)) : [])];
  return { read, opened: opened.filter((path) => !read.includes(path)) };
}

const chosen = isLong
  ? editions.map((edition) => ({ read: pagesOf(edition), opened: [] }))
  : await Promise.all(editions.map(chosenOf));

/** The pages that are read with everything: all of them, or so many that each part of any page is read. */
export const readPages: readonly string[] = chosen.flatMap(({ read }) => read);

/** Pages that are opened besides, because how wide and heavy they are depends on what they say. */
export const openedPages: readonly string[] = chosen.flatMap(({ opened }) => opened);
