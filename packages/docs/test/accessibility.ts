import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type axe from "axe-core";
import type { Page } from "playwright-core";
import { looksOf } from "./looks.ts";
import { isLong } from "./share.ts";

const contrast = "color-contrast";
const source = await readFile(fileURLToPath(import.meta.resolve("axe-core/axe.min.js")), "utf8");

/** The looks of texts whose contrast was judged, by theme. */
const judged = { light: new Set<string>(), dark: new Set<string>() };

/**
 * What axe finds against a page as it is now. Of colours it judges, in both themes, one text for each look that it has not judged
 * before: to look at every text would be most of the work, and is done in the long part.
 */
export async function violations(page: Page): Promise<string[]> {
  if (await page.evaluate("typeof axe === 'undefined'")) await page.evaluate(source);
  const found: string[] = await page.evaluate(`
    axe.run(${options({ rules: { [contrast]: { enabled: false } } })}).then(${told})`);
  for (const theme of ["light", "dark"] as const) {
    await page.evaluate(`document.documentElement.dataset.theme = "${theme}"`);
    const ofTheme = isLong ? await contrastOfAll(page) : await contrastOfLooks(page, judged[theme]);
    found.push(...ofTheme.map((one) => `${theme}: ${one}`));
  }
  return found;
}

function contrastOfAll(page: Page): Promise<string[]> {
  return page.evaluate(`axe.run(${options({ runOnly: [contrast] })}).then(${told})`);
}

/** Looks that axe cannot decide on here, such as those behind something else, are looked at in the next page again. */
async function contrastOfLooks(page: Page, judged: Set<string>): Promise<string[]> {
  const fresh = (await looksOf(page)).filter((look) => !judged.has(look));
  if (fresh.length === 0) return [];
  const run = options({ runOnly: [contrast], resultTypes: ["violations", "passes", "incomplete"], elementRef: true });
  const { found, undecided } = await page.evaluate<{ found: string[]; undecided: number[] }>(`(async () => {
    const elements = ${JSON.stringify(fresh)}.map((look) => looks.get(look));
    const result = await axe.run({ include: elements.flat() }, ${run});
    const of = (...kinds) => new Set(kinds.flatMap((kind) => result[kind]).flatMap(({ nodes }) => nodes).map(({ element }) => element));
    const [decided, open] = [of("violations", "passes"), of("incomplete")];
    const isUndecided = (all) => all.some((one) => open.has(one)) && !all.some((one) => decided.has(one));
    return { found: (${told})(result), undecided: elements.flatMap((all, index) => (isUndecided(all) ? index : [])) };
  })()`);
  for (const [index, look] of fresh.entries()) if (!undecided.includes(index)) judged.add(look);
  return found;
}

function options(own: axe.RunOptions): string {
  return JSON.stringify({ resultTypes: ["violations"], ...own });
}

const told = `({ violations }) => violations.map(({ id, nodes }) =>
  id + ": " + nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(" | "))`;
