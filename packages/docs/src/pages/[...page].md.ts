import { getCollection } from "astro:content";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { editions } from "../edition/edition.ts";
import { localeOf } from "../edition/language.ts";
import { operationMarkdown } from "../markdown/operation.ts";

/** Every page of the site as Markdown. */
export async function getStaticPaths() {
  const pages = (await getCollection("docs")).map(({ id, data, body = "", filePath = "" }) => ({
    params: { page: id === (localeOf(id) ?? "") ? `${id}/index`.replace(/^\//, "") : id },
    props: { text: textOf(data.title, data.description, body, dirname(filePath)) },
  }));
  const references = editions.flatMap((edition) =>
    edition.operations.map((operation) => {
      const { id, title, description, body } = operationMarkdown(edition, operation);
      return {
        params: { page: edition.link(`/${id}`).slice(1) },
        props: { text: textOf(title, description, body) },
      };
    }),
  );
  return [...pages, ...references];
}

export function GET({ props }: { props: { text: string } }): Response {
  return new Response(props.text);
}

/** Drawings say nothing to a reader of text; a table beside them does. Files that a page shows stand in it as they are. */
function textOf(title: string, description: string | undefined, body: string, folder = ""): string {
  const files = new Map([...body.matchAll(/^import (\w+) from "(.+)\?raw";$/gm)].map(([, name, path]) => [name, path]));
  const text = body
    .replace(/<svg[\s\S]*?<\/svg>\n*/g, "")
    .replace(/^import .*\n+/gm, "")
    .replace(/<Code code=\{(\w+)\} lang="(\w+)".*\/>/g, (_tag, name: string, lang: string) => {
      const file = join(process.cwd(), folder, files.get(name) ?? "");
      return `\`\`\`${lang}\n${readFileSync(file, "utf8")}\`\`\``;
    });
  return `# ${title}\n\n${description ?? ""}\n\n${text.trim()}\n`;
}
