import { errorPath } from "../src/contract/error-path.ts";
import { editions } from "../src/edition/edition.ts";
import { guideWords } from "../src/words/guides.ts";
import { isLong, tried } from "./share.ts";

const lookUp = ["jobs", "errors", "permissions", "regions", "limits", "quirks", "changelog", "contract"];

/** The path of every page of the site but those of single error codes. */
const allPages: readonly string[] = editions.flatMap(({ operations, link }) =>
  [
    "/",
    ...Object.keys(guideWords.en).map((id) => `/guides/${id}/`),
    ...operations.map(({ slug }) => `/reference/${slug}/`),
    ...lookUp.map((id) => `/${id}/`),
  ].map(link),
);

/** The pages of single error codes. */
const errorPages: readonly string[] = editions.flatMap((edition) => [
  ...new Set(edition.contract["x-aps-error-codes"].map(({ code }) => edition.link(errorPath(code)))),
]);

const mainSlug = editions[0]?.operations.find(({ id }) => id === "RecreateServerImage")?.slug;

/** The pages that are read: all of them, or in each language one of each kind, as far as it does not look like another. */
export const readPages: readonly string[] = isLong ? [...allPages, ...errorPages] : editions.flatMap(kinds);

function kinds({ operations, link, locale }: (typeof editions)[number]): string[] {
  const [guide] = Object.keys(guideWords.en);
  // Pages of operations differ in their language, and in whether there is a body and an answer for each id.
  const [withoutBody] = operations.filter(({ body }) => body === undefined);
  const kinds = tried(operations).filter((one) => one.batch !== undefined || one === withoutBody);
  // These have the same parts in every language.
  const once =
    locale === undefined ? [...kinds.map(({ slug }) => `/reference/${slug}/`), ...lookUp.map((id) => `/${id}/`)] : [];
  const same = ["/", `/guides/${guide}/`, `/reference/${mainSlug}/`];
  return [...[...same, ...once].map(link), errorPages.find((page) => page.startsWith(link("/errors/"))) ?? ""];
}
