import type { Page } from "playwright-core";
import { describe } from "vitest";
import { editions } from "../src/edition/edition.ts";
import { rolloutWords } from "../src/words/rollout.ts";
import { violations } from "./accessibility.ts";
import { it, siteUrl, watch } from "./browser.ts";

/** Opens the console of a start page, and remembers whether anything moves that nobody has touched. */
async function open(newPage: () => Promise<Page>, path: string) {
  const page = await newPage();
  const seen = watch(page);
  await page.addInitScript(`
    globalThis.shift = 0;
    new PerformanceObserver((list) => { for (const one of list.getEntries()) if (!one.hadRecentInput) shift += one.value; })
      .observe({ type: "layout-shift", buffered: true });
  `);
  await page.goto(`${siteUrl}${path}`, { waitUntil: "load" });
  await page.locator("#roll-out > summary").click();
  await page.locator(".rollout-start:enabled").waitFor();
  return { page, seen };
}

const servers = (page: Page) => page.locator(".rollout-server").allTextContents();

describe.concurrent("the console on the start page", () => {
  it("is loaded when it is opened, and not before", async ({ newPage, expect }) => {
    const page = await newPage();
    const { requests } = watch(page);
    await page.goto(siteUrl, { waitUntil: "networkidle" });
    expect(requests.filter((request) => /rollout|open\.\w+/.test(request))).toEqual([]);
  });

  it.for(editions.map((edition) => [edition.language, edition] as const))(
    "rolls an image out to servers with users, watched as it goes, and can be read by everybody (%s)",
    async ([language, { link }], { newPage, expect }) => {
      const words = rolloutWords[language];
      const { page, seen } = await open(newPage, link("/"));
      const before = seen.requests.length;
      expect(await servers(page)).toEqual(Array(6).fill(expect.stringContaining(words.oldImage)));
      await page.locator(".rollout-start").click();
      await page.locator(".rollout-server.is-imaging").first().waitFor();
      expect(await violations(page)).toEqual([]);
      const result = page.locator(".rollout-said", { hasText: words.results.done });
      await result.waitFor();
      expect(await servers(page)).toEqual(Array(6).fill(expect.stringContaining(words.newImage)));
      expect(await page.locator(".rollout-truth").textContent()).toContain(words.thrownOut(0));
      expect(await page.locator(".rollout-events li").count()).toBeGreaterThanOrEqual(6 * 3);
      expect(await violations(page)).toEqual([]);
      expect(await page.evaluate("shift")).toBe(0);
      expect([seen.requests.slice(before), seen.errors]).toEqual([[], []]);
      await page.setViewportSize({ width: 360, height: 740 });
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
    },
  );

  it("goes back when a server fails, by the keyboard alone", async ({ newPage, expect }) => {
    const words = rolloutWords.en;
    const { page } = await open(newPage, "/");
    await page.locator(".rollout-check input").focus();
    await page.keyboard.press("Space");
    await page.locator(".rollout-start").focus();
    await page.keyboard.press("Enter");
    await page.locator(".rollout-said", { hasText: words.results["rolled back"] }).waitFor();
    expect(await servers(page)).toEqual(Array(6).fill(expect.stringContaining(words.oldImage)));
    expect(await page.locator(".rollout-events").textContent()).toContain(words.states.failed);
    await page.locator(".rollout-over").click();
    expect(await page.locator(".rollout-events").textContent()).toContain(words.nothingYet);
  });
});
