import { twinPath } from "./twin-path.ts";

/**
 * A page as a text for programs. Drawings say nothing to a reader of text, and a table beside them does. Files that a page
 * shows stand in it as they are, and links lead to other texts.
 *
 * @param read gives the text of a file that the page imports.
 */
export function twinOf(
  page: { readonly title: string; readonly description: string | undefined; readonly body: string },
  read: (path: string) => string,
): string {
  const files = new Map(
    [...page.body.matchAll(/^import (\w+) from "(.+)\?raw";$/gm)].map(([, name = "", path = ""]) => [name, path]),
  );
  const text = page.body
    .replace(/<div class="drawing"[\s\S]*?<\/div>\n*/g, "")
    .trimStart()
    .replace(/^(import .*\n+)+/, "")
    .replace(
      /^<Code code=\{(\w+)\} lang="(\w+)" title="([^"]+)" \/>$/gm,
      (_tag, name: string, lang: string, title: string) =>
        `\`${title}\`:\n\n\`\`\`${lang}\n${read(files.get(name) ?? "").trimEnd()}\n\`\`\``,
    )
    // What is drawn, or runs in the page.
    .replace(/^<[A-Z]\w+ \/>\n*/gm, "")
    .replace(/^\s*<LinkCard title="([^"]+)" href="([^"]+)" description="([^"]+)" \/>$/gm, "- [$1]($2): $3")
    .replace(/^<\/?CardGrid>\n/gm, "")
    .replace(/\]\((\/(?:[^)#]*\/)?)(#[^)]*)?\)/g, (link, path: string) =>
      path.endsWith("/redoc/") ? link : `](${twinPath(path)})`,
    );
  return `# ${[page.title, page.description, text.trim()].filter(Boolean).join("\n\n")}\n`;
}
