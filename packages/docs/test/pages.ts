import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { errorPath } from "../src/contract/error-path.ts";
import { type Edition, editions } from "../src/edition/edition.ts";
import { guideWords } from "../src/words/guides.ts";
import { coverOf } from "./parts.ts";
import { isLong } from "./share.ts";

const site = join(import.meta.dirname, "..", "dist");

const lookUp = ["jobs", "errors", "permissions", "regions", "limits", "quirks", "changelog", "contract"];

/** The page of each edition that is the heaviest of its operations. */
const main = "/reference/recreate-server-image/";

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

/**
 * The pages that are read with everything: all of them, or so many in English that each part of any page is read, and in other
 * languages, where they have the same parts, the four of these that have most.
 */
export const readPages: readonly string[] = isLong
  ? editions.flatMap(pagesOf)
  : (
      await Promise.all(
        editions.map(async (edition) => {
          const texts = pagesOf(edition).map(
            async (path) => [path, await readFile(join(site, path, "index.html"), "utf8")] as const,
          );
          const cover = coverOf(new Map(await Promise.all(texts)));
          return edition.locale === undefined ? cover : cover.slice(0, 4);
        }),
      )
    ).flat();

/** Pages that are opened besides, because how wide and heavy they are depends on what they say. */
export const openedPages: readonly string[] = editions
  .flatMap(({ locale, link }) => [main, ...(locale === undefined ? lookUp.map((id) => `/${id}/`) : [])].map(link))
  .filter((path) => !readPages.includes(path));
