import axe from "axe-core";
import type { Page } from "playwright-core";
import { isLong } from "./share.ts";

const contrast = "color-contrast";

/**
 * What axe finds against a page as it is now. Colours are looked at in both themes, of which nothing else depends; that is most
 * of the work, and they are the same in every language, so that outside the long part it is done in English.
 */
export async function violations(page: Page): Promise<unknown> {
  if (await page.evaluate("typeof axe === 'undefined'")) await page.addScriptTag({ content: axe.source });
  const hasColours = isLong || (await page.evaluate("document.documentElement.lang")) === "en";
  const found = [await violationsIn(page, "light", hasColours ? {} : { rules: { [contrast]: { enabled: false } } })];
  if (hasColours) found.push(await violationsIn(page, "dark", { runOnly: [contrast] }));
  return found.flat();
}

function violationsIn(page: Page, theme: "light" | "dark", options: axe.RunOptions): Promise<string[]> {
  const run = JSON.stringify({ resultTypes: ["violations"], ...options });
  return page.evaluate(`
    document.documentElement.dataset.theme = "${theme}";
    axe.run(${run}).then(({ violations }) => violations.map(({ id, nodes }) =>
      "${theme}: " + id + ": " + nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(" | ")))
  `);
}
