import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import axe from "axe-core";
import type { Page } from "playwright-core";
import { beforeAll, describe, expect, it } from "vitest";
import { editions } from "../src/edition/edition.ts";
import { useSite } from "./browser.ts";
import { errorPages, pages } from "./pages.ts";

const screenshots = join(import.meta.dirname, "..", ".screenshots");
const references = editions.flatMap(({ operations, link }) =>
  operations.map(({ slug }) => link(`/reference/${slug}/`)),
);
/** Pages of error codes are all alike: `npm run soak` reads every one, the ordinary tests a share of them. */
const readErrorPages = import.meta.env.MODE === "soak" ? errorPages : errorPages.filter((_, index) => index % 50 === 0);
const site = useSite();

beforeAll(async () => {
  await mkdir(screenshots, { recursive: true });
}, 60_000);
/** What axe finds against a page as it is now, in both themes. Only colours differ between them. */
async function violations(page: Page): Promise<unknown> {
  if (await page.evaluate("typeof axe === 'undefined'")) await page.addScriptTag({ content: axe.source });
  const found = [];
  for (const theme of ["light", "dark"]) {
    found.push(
      await page.evaluate(`
        document.documentElement.dataset.theme = "${theme}";
        axe.run(${theme === "dark" ? '{ runOnly: ["color-contrast"] }' : "{}"}).then(({ violations }) => violations.map(({ id, nodes }) =>
          "${theme}: " + id + ": " + nodes.slice(0, 3).map(({ html }) => html.slice(0, 160)).join(" | ")))
      `),
    );
  }
  return found.flat();
}

it.each([...pages, ...readErrorPages])(
  "%s can be read by everybody in both themes, asks no other host and logs no error",
  async (path) => {
    const page = await site.browser.newPage({ colorScheme: "light" });
    const errors: string[] = [];
    const hosts = new Set<string>();
    page.on("console", (message) => {
      if (message.type() === "error") errors.push(message.text());
    });
    page.on("request", (request) => void hosts.add(new URL(request.url()).host));
    await page.goto(`${site.url}${path}`, { waitUntil: "load" });
    expect(await violations(page)).toEqual([]);
    expect([...hosts].filter((host) => host !== "")).toEqual([new URL(site.url).host]);
    expect(errors).toEqual([]);
    await page.close();
  },
  60_000,
);

it.each(references)(
  "%s is at most 100 KiB on its way, and nothing in it moves",
  // A machine that is busy at the wrong moment paints before the page has arrived.
  { retry: 2, timeout: 60_000 },
  async (path) => {
    const page = await site.browser.newPage();
    let bytes = 0;
    page.on("response", async (response) => {
      if (/pagefind/.test(response.url())) return;
      bytes += gzipSync(await response.body().catch(() => Buffer.alloc(0))).length;
    });
    await page.addInitScript(`
      globalThis.shift = 0;
      new PerformanceObserver((list) => { for (const entry of list.getEntries()) shift += entry.value; })
        .observe({ type: "layout-shift", buffered: true });
    `);
    await page.goto(`${site.url}${path}`, { waitUntil: "load" });
    await page.waitForTimeout(300);
    expect(bytes / 1024).toBeLessThanOrEqual(100);
    expect(bytes).toBeGreaterThan(0);
    expect(await page.evaluate("shift")).toBe(0);
    await page.close();
  },
);

it("fits a phone: nothing is wider than the screen", async () => {
  const page = await site.browser.newPage({ viewport: { width: 360, height: 740 } });
  for (const path of pages) {
    await page.goto(`${site.url}${path}`);
    expect(await page.evaluate("document.documentElement.scrollWidth"), path).toBeLessThanOrEqual(360);
  }
  await page.close();
}, 240_000);

/** Opens the search, which loads its parts when the page has nothing else to do; on a busy machine that may be never. */
async function openSearch(path: string): Promise<Page> {
  for (let attempt = 1; ; attempt += 1) {
    const page = await site.browser.newPage();
    await page.goto(`${site.url}${path}`, { waitUntil: "load" });
    const isThere = await page
      .waitForFunction("document.querySelector('dialog input')", null, { polling: 100, timeout: 15_000 })
      .catch((error) => (attempt < 4 ? undefined : Promise.reject(error)));
    await page.keyboard.press("Control+k");
    if (isThere !== undefined) return page;
    await page.close();
  }
}

it.each([
  ["/", "APIGW.0301", "/errors/apigw-0301/"],
  ["/", "execute_sysprep", "/reference/recreate-server-image/"],
  ["/", "idempotency", "/guides/errors/"],
  ["/zh-cn/", "镜像实例", "/zh-cn/reference/create-image-server/"],
])(
  "on %s the search for %s finds %s",
  async (path, text, target) => {
    const page = await openSearch(path);
    await page.locator("dialog input").fill(text);
    await page.locator(`dialog a[href*="${target}"]`).first().waitFor();
    await page.close();
  },
  120_000,
);

it("leads to the same page in the other language", async () => {
  const page = await site.browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${site.url}/errors/apigw-0301/`, { waitUntil: "load" });
  await page.locator("starlight-lang-select select").first().selectOption({ label: "简体中文" });
  await page.waitForURL(`${site.url}/zh-cn/errors/apigw-0301/`);
  expect(await page.evaluate("document.documentElement.lang")).toBe("zh-CN");
  await page.close();
}, 60_000);

describe.each(["light", "dark"] as const)("screenshots to look at, %s", (colorScheme) => {
  it.each([
    ["desktop", 1440, 900],
    ["phone", 390, 844],
  ])(
    "%s",
    async (name, width, height) => {
      const page = await site.browser.newPage({ colorScheme, viewport: { width, height } });
      for (const [title, path] of [
        ["start", "/"],
        ["operation", "/reference/recreate-server-image/"],
        ["operation-zh", "/zh-cn/reference/recreate-server-image/"],
        ["jobs", "/jobs/"],
        ["errors", "/errors/"],
      ]) {
        await page.goto(`${site.url}${path}`, { waitUntil: "load" });
        await page.screenshot({ path: join(screenshots, `${title}-${name}-${colorScheme}.png`) });
      }
      await page.goto(`${site.url}/reference/recreate-server-image/`, { waitUntil: "load" });
      await page.locator("details.try-it > summary").click();
      await page.locator(".console-send:enabled").click();
      await page.locator(name === "desktop" ? ".console-made" : ".console-job").waitFor();
      expect(await violations(page)).toEqual([]);
      await page.screenshot({ path: join(screenshots, `console-${name}-${colorScheme}.png`), fullPage: true });
      await page.close();
    },
    120_000,
  );
});
