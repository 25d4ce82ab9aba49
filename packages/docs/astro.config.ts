import starlight from "@astrojs/starlight";
import { defineConfig } from "astro/config";
import { editions, englishEdition } from "./src/edition/edition.ts";
import { type Language, languages } from "./src/edition/language.ts";
import { guideWords } from "./src/words/guides.ts";
import { siteWords } from "./src/words/site.ts";

/** A label of the sidebar in every language. */
function label(of: (language: Language) => string) {
  const others = languages.filter(({ locale }) => locale !== undefined);
  return { label: of("en"), translations: Object.fromEntries(others.map(({ tag }) => [tag, of(tag)])) };
}

function site(word: keyof (typeof siteWords)["en"]) {
  return label((language) => siteWords[language][word]);
}

/** What an edition has at a place of its contract. */
function inEdition(language: Language) {
  return editions.find((edition) => edition.language === language) ?? englishEdition;
}

/** Where the site is published, if it is known: `SITE_URL=https://example.org/aps`. */
const address = process.env.SITE_URL ? new URL(process.env.SITE_URL) : undefined;
const guides = Object.keys(guideWords.en) as (keyof typeof guideWords.en)[];

export default defineConfig({
  // Every page is a file, and the site works on any static host.
  output: "static",
  ...(address === undefined ? {} : { site: address.origin, base: address.pathname }),
  integrations: [
    starlight({
      title: Object.fromEntries(languages.map(({ tag }) => [tag, siteWords[tag].title])),
      description: siteWords.en.description,
      defaultLocale: "root",
      locales: Object.fromEntries(
        languages.map(({ tag, locale, label: name }) => [locale ?? "root", { label: name, lang: tag }]),
      ),
      customCss: ["./src/styles/site.css", "./src/styles/operation.css", "./src/styles/print.css"],
      // A page weighs little, and is drawn when all of it is there: what comes in pieces moves what is shown already.
      head: [{ tag: "link", attrs: { rel: "expect", href: "#page-end", blocking: "render" } }],
      components: { Footer: "./src/components/Footer.astro" },
      routeMiddleware: "./src/route-data.ts",
      // Long lines wrap, so that no box of code must be scrolled. Styles that arrive after the code would move it.
      expressiveCode: {
        defaultProps: { wrap: true },
        emitExternalStylesheet: false,
        styleOverrides: { codeFontSize: "0.8125rem", codeLineHeight: "1.6", borderRadius: "0.4rem" },
      },
      sidebar: [
        { ...site("start"), link: "/" },
        {
          ...site("guides"),
          items: guides.map((id) => ({ ...label((language) => guideWords[language][id]), link: `/guides/${id}/` })),
        },
        ...englishEdition.groups.map(({ title, operations }, index) => ({
          ...label((language) => inEdition(language).groups[index]?.title ?? title),
          // So that all groups are seen at a glance; that of the page is open.
          collapsed: true,
          items: operations.map(({ id, slug }) => ({
            ...label((language) => inEdition(language).operations.find((one) => one.id === id)?.summary ?? id),
            link: `/reference/${slug}/`,
          })),
        })),
        {
          ...site("lookUp"),
          items: (["jobs", "errors", "permissions", "regions", "limits", "quirks"] as const).map((page) => ({
            ...site(page),
            link: `/${page}/`,
          })),
        },
        {
          ...site("contract"),
          items: [
            { ...site("download"), link: "/contract/" },
            { ...site("onOnePage"), link: "/redoc/" },
            { ...site("changes"), link: "/changelog/" },
          ],
        },
      ],
    }),
  ],
});
