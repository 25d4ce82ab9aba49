import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { beforeAll, describe } from "vitest";
import { it, siteUrl } from "./browser.ts";

const folder = join(import.meta.dirname, "..", ".screenshots");

beforeAll(() => mkdir(folder, { recursive: true }));

/** A picture of a page in both themes, as wide as a desk and as a phone. */
async function pictures(page: Page, title: string, fullPage = false): Promise<void> {
  for (const [name, width, height] of [
    ["desktop", 1440, 900],
    ["phone", 390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    for (const theme of ["light", "dark"]) {
      await page.evaluate(`document.documentElement.dataset.theme = "${theme}"`);
      await page.screenshot({ path: join(folder, `${title}-${name}-${theme}.png`), fullPage });
    }
  }
}

describe.concurrent("screenshots to look at", () => {
  it.for([
    ["start", "/"],
    ["operation", "/reference/recreate-server-image/"],
    ["operation-zh", "/zh-cn/reference/recreate-server-image/"],
    ["jobs", "/jobs/"],
    ["errors", "/errors/"],
  ] as const)("of %s", async ([title, path], { newPage }) => {
    const page = await newPage();
    await page.goto(`${siteUrl}${path}`, { waitUntil: "load" });
    await pictures(page, title);
  });

  it("of the console, with an image that was made", async ({ newPage }) => {
    const page = await newPage();
    await page.goto(`${siteUrl}/reference/recreate-server-image/#try-it`, { waitUntil: "load" });
    await page.locator(".console-send:enabled").click();
    await page.locator(".console-made").waitFor();
    await pictures(page, "console", true);
  });
});
