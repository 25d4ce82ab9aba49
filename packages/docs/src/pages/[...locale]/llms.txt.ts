import { getCollection } from "astro:content";
import { type Edition, editions } from "../../edition/edition.ts";
import { localeOf } from "../../edition/language.ts";
import { siteWords } from "../../words/site.ts";

export function getStaticPaths() {
  return editions.map((edition) => ({ params: { locale: edition.locale }, props: { edition } }));
}

/** A list of all pages of an edition for programs that read, each as Markdown. */
export async function GET({ props: { edition } }: { props: { edition: Edition } }): Promise<Response> {
  const { language, locale, operations, link } = edition;
  const words = siteWords[language];
  const pages = (await getCollection("docs"))
    .filter(({ id }) => localeOf(id) === locale && id !== "404")
    .map(({ id, data }) => ({ ...data, id: id.replace(new RegExp(`^${locale}(/|$)`), "") }));
  const line = (id: string, title: string, description = "") =>
    `- [${title}](${link(`/${id || "index"}.md`)}): ${description}`;
  const list = (isError: boolean) =>
    pages
      .filter(({ id }) => id.startsWith("errors/") === isError)
      .map(({ id, title, description }) => line(id, title, description))
      .join("\n");
  const others = editions.filter((other) => other !== edition);
  return new Response(
    [
      `# ${words.title}`,
      `> ${words.about}`,
      ...others.map((other) => `- [${words.otherLanguage}](${other.link("/llms.txt")})`),
      `## ${words.operations}`,
      operations
        .map(({ slug, summary, method, path }) => line(`reference/${slug}`, summary, `${method} ${path}`))
        .join("\n"),
      `## ${words.pages}`,
      list(false),
      `## ${words.errors}`,
      list(true),
      "",
    ].join("\n\n"),
  );
}
