import { getCollection } from "astro:content";
import { type Edition, editions } from "../../edition/edition.ts";
import { localeOf } from "../../edition/language.ts";
import { guideWords } from "../../words/guides.ts";
import { siteWords } from "../../words/site.ts";

export function getStaticPaths() {
  return editions.map((edition) => ({ params: { locale: edition.locale }, props: { edition } }));
}

/** A list of all pages of an edition for programs that read, each as Markdown. */
export async function GET({ props: { edition } }: { props: { edition: Edition } }): Promise<Response> {
  const { language, locale, groups, link } = edition;
  const words = siteWords[language];
  const pages = (await getCollection("docs"))
    .filter(({ id }) => localeOf(id) === locale && id !== "404")
    .map(({ id, data }) => ({ ...data, id: id.replace(new RegExp(`^${locale}(/|$)`), "") }));
  const order = Object.keys(guideWords.en).map((id) => `guides/${id}`);
  pages.sort((one, other) => order.indexOf(one.id) - order.indexOf(other.id) || (one.id < other.id ? -1 : 1));
  const line = (id: string, title: string, description = "") =>
    `- [${title}](${link(`/${id || "index"}.md`)}): ${description}`;
  const list = (isWanted: (id: string) => boolean) =>
    pages
      .filter(({ id }) => isWanted(id))
      .map(({ id, title, description }) => line(id, title, description))
      .join("\n");
  const isStart = (id: string) => id === "" || id === "index";
  const isGuide = (id: string) => id.startsWith("guides/");
  const isError = (id: string) => id.startsWith("errors/");
  const others = editions.filter((other) => other !== edition);
  return new Response(
    [
      `# ${words.title}`,
      `> ${words.about}`,
      ...others.map((other) => `- [${words.otherLanguage}](${other.link("/llms.txt")})`),
      list(isStart),
      `## ${words.guides}`,
      list(isGuide),
      ...groups.flatMap((group) => [
        `## ${words.operations}${words.colon}${group.title}`,
        group.operations
          .map(({ slug, summary, method, path }) => line(`reference/${slug}`, summary, `${method} ${path}`))
          .join("\n"),
      ]),
      `## ${words.lookUp}`,
      list((id) => !isStart(id) && !isGuide(id) && !isError(id)),
      `## ${words.errors}`,
      list(isError),
      "",
    ].join("\n\n"),
  );
}
