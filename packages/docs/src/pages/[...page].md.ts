import { getCollection } from "astro:content";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { editions } from "../edition/edition.ts";
import { localeOf } from "../edition/language.ts";
import { operationMarkdown } from "../markdown/operation.ts";
import { twinOf } from "../markdown/twin.ts";

/** Every page of the site as Markdown. */
export async function getStaticPaths() {
  const pages = (await getCollection("docs"))
    .filter(({ id }) => id !== "404")
    .map(({ id, data, body = "", filePath = "" }) => ({
      params: { page: id === (localeOf(id) ?? "") ? `${id}/index`.replace(/^\//, "") : id },
      props: {
        text: twinOf({ title: data.title, description: data.description, body }, (path) =>
          readFileSync(join(process.cwd(), dirname(filePath), path), "utf8"),
        ),
      },
    }));
  const references = editions.flatMap((edition) =>
    edition.operations.map((operation) => {
      const page = operationMarkdown(edition, operation);
      return { params: { page: edition.link(`/${page.id}`).slice(1) }, props: { text: twinOf(page, String) } };
    }),
  );
  return [...pages, ...references];
}

export function GET({ props }: { props: { text: string } }): Response {
  return new Response(props.text);
}
