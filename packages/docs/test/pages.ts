import { errorPath } from "../src/contract/error-path.ts";
import { editions } from "../src/edition/edition.ts";
import { guideWords } from "../src/words/guides.ts";

const lookUp = ["jobs", "errors", "permissions", "regions", "limits", "quirks", "changelog", "contract"];

/** The path of every page of the site but those of single error codes. */
export const pages: readonly string[] = editions.flatMap(({ operations, link }) =>
  [
    "/",
    ...Object.keys(guideWords.en).map((id) => `/guides/${id}/`),
    ...operations.map(({ slug }) => `/reference/${slug}/`),
    ...lookUp.map((id) => `/${id}/`),
  ].map(link),
);

/** The pages of single error codes. */
export const errorPages: readonly string[] = editions.flatMap((edition) => [
  ...new Set(edition.contract["x-aps-error-codes"].map(({ code }) => edition.link(errorPath(code)))),
]);
