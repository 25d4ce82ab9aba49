import axe from "axe-core";
import type { Page } from "playwright-core";

/** What axe finds against a page as it is now, in both themes. Only colours differ between them. */
export async function violations(page: Page): Promise<unknown> {
  if (await page.evaluate("typeof axe === 'undefined'")) await page.addScriptTag({ content: axe.source });
  const found = [];
  for (const theme of ["light", "dark"]) {
    found.push(
      await page.evaluate(`
        document.documentElement.dataset.theme = "${theme}";
        axe.run(${JSON.stringify({ resultTypes: ["violations"], ...(theme === "dark" && { runOnly: ["color-contrast"] }) })}).then(({ violations }) => violations.map(({ id, nodes }) =>
          "${theme}: " + id + ": " + nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(" | ")))
      `),
    );
  }
  return found.flat();
}
