import { text } from "../html.ts";
import type { ChangedPage } from "./changed-pages.ts";

/** More pages than this are listed and not shown, so that the file stays one that opens at once. */
const shown = 40;

const style = `
  :root { color-scheme: light dark; }
  body { font: 16px/1.5 system-ui, sans-serif; margin: 1rem; }
  .pair { display: grid; grid-template-columns: 1fr 1fr; gap: 0.5rem; }
  iframe { width: 100%; height: 80vh; border: 1px solid #8886; background: white; }
  summary { font-weight: 600; padding: 0.4rem 0; cursor: pointer; }
  p { margin: 0.2rem 0; }`;

/** Pages before and after, side by side, as one file that opens without a network and runs no program. */
export function preview(pages: readonly ChangedPage[]): string {
  const title =
    pages.length === 0
      ? "No page changes."
      : `${pages.length} ${pages.length === 1 ? "page changes" : "pages change"}.`;
  const rest = pages.slice(shown).map(({ address }) => `<li><code>${text(address)}</code></li>`);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>${style}
</style>
<h1>${title}</h1>
<p>Before on the left, after on the right. What the other side has not is outlined.</p>
${pages.slice(0, shown).map(pair).join("\n")}
${rest.length === 0 ? "" : `<h2>Not shown here</h2>\n<ul>\n${rest.join("\n")}\n</ul>`}
</html>
`;
}

function pair({ address, before, after }: ChangedPage, index: number): string {
  return `<details${index === 0 ? " open" : ""}>
<summary>${text(address)}</summary>
<div class="pair">
<div>${frame("before", before)}</div>
<div>${frame("after", after)}</div>
</div>
</details>`;
}

function frame(title: string, page: string | undefined): string {
  if (page === undefined)
    return `<p>${title === "before" ? "There was no such page." : "There is no such page any more."}</p>`;
  return `<iframe title="${title}" sandbox loading="lazy" srcdoc="${text(page)}"></iframe>`;
}
