import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { editions } from "../src/edition/edition.ts";
import { violations } from "./accessibility.ts";
import { it, type NewPage, siteUrl, watch } from "./browser.ts";
import { openedPages, readPages } from "./pages.ts";

const references = new Set(
  editions.flatMap(({ operations, link }) => operations.map(({ slug }) => link(`/reference/${slug}/`))),
);

/** Until fonts are there and two frames are drawn, after which nothing moves any more. */
const laidOut = `document.fonts.ready.then(() =>
  new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)))))`;

/** Sums up in `shift` what moves. What nobody sees, such as the button that copies before it is pointed at, moves for nobody. */
const sumShifts = `
  globalThis.shift = 0;
  const isSeen = ({ node }) => !node?.checkVisibility || node.checkVisibility({ opacityProperty: true });
  new PerformanceObserver((list) => {
    for (const { sources, value } of list.getEntries()) if (sources.length === 0 || sources.some(isSeen)) shift += value;
  }).observe({ type: "layout-shift", buffered: true });
`;

/** Sizes of what was transferred, by address. */
const sizes = new Map<string, number>();

/**
 * Opens a page, and expects that it is light, does not move, asks no other host and fits a phone.
 *
 * @param look what else is expected of it, as wide as a desk.
 */
async function visit(newPage: NewPage, path: string, look: (page: Page) => Promise<void> = async () => {}) {
  const page = await newPage({ colorScheme: "light" });
  const seen = watch(page);
  const transferred: Promise<number>[] = [];
  page.on("response", (response) => {
    if (references.has(path) && !/pagefind/.test(response.url())) transferred.push(sizeOf(response));
  });
  await page.addInitScript(sumShifts);
  await page.goto(`${siteUrl}${path}`, { waitUntil: "load" });
  await page.evaluate(laidOut);

  if (references.has(path)) {
    expect(await page.evaluate("shift")).toBe(0);
    const bytes = (await Promise.all(transferred)).reduce((sum, size) => sum + size, 0);
    expect(bytes).toBeGreaterThan(0);
    expect(bytes / 1024).toBeLessThanOrEqual(100);
  }
  await look(page);
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
  expect([...seen.hosts]).toEqual([new URL(siteUrl).host]);
  expect(seen.errors).toEqual([]);
}

// One after the other, so that what one has shown need not be judged in the next.
describe("a page", () => {
  it.for(readPages)(
    "%s can be read by everybody, is light, does not move, asks no other host, and fits a phone",
    (path, { newPage }) => visit(newPage, path, async (page) => expect(await violations(page)).toEqual([])),
  );

  it.for(openedPages)("%s is light, does not move, asks no other host, and fits a phone", (path, { newPage }) =>
    visit(newPage, path),
  );

  it("is found against when the colour of one text is bad in one theme, however many texts were judged", async ({
    newPage,
  }) => {
    const page = await newPage();
    await page.goto(`${siteUrl}/errors/apigw-0301/`, { waitUntil: "load" });
    expect(await violations(page)).toEqual([]);
    await page.addStyleTag({ content: "[data-theme=dark] main p { color: #444 }" });
    expect(await violations(page)).toEqual([expect.stringMatching(/^dark: color-contrast: /)]);
  });
});

it("does not move while a page comes in pieces", async ({ newPage }) => {
  const path = "/reference/delete-scaling-policy/";
  // A list of terms is as wide as its widest, which may come late.
  const [begin = "", ...pieces] = (await (await fetch(`${siteUrl}${path}`)).text()).split(/(?=<dt[ >])/);
  let answer: ServerResponse | undefined;
  await using server = createServer(({ url = "" }, response) => {
    if (url !== path) return void response.writeHead(302, { Location: `${siteUrl}${url}` }).end();
    answer = response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" });
    answer.write(begin);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const page = await newPage();
  await page.addInitScript(sumShifts);
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { waitUntil: "commit" });
  for (const [index, piece] of pieces.entries()) {
    answer?.write(piece);
    await page.waitForFunction(`document.querySelectorAll("dt").length > ${index}`, null, { polling: 20 });
  }
  answer?.end();
  await page.waitForLoadState("load");
  await page.evaluate(laidOut);
  expect(await page.evaluate("shift")).toBe(0);
});

/** What an answer weighs on its way, compressed. */
async function sizeOf(response: { url(): string; body(): Promise<Buffer> }): Promise<number> {
  const known = sizes.get(response.url());
  if (known !== undefined) return known;
  const size = gzipSync(await response.body().catch(() => Buffer.alloc(0))).length;
  sizes.set(response.url(), size);
  return size;
}

/** Opens the search by the keyboard. */
async function openSearch(newPage: NewPage, path: string): Promise<Page> {
  // What lies behind the dialog is blurred, for every point and without a graphics card.
  const page = await newPage({ viewport: { width: 800, height: 400 } });
  // It is made ready when the page has nothing else to do, which on a busy machine may be never. As in Safari it need not be.
  await page.addInitScript("delete globalThis.requestIdleCallback");
  await page.goto(`${siteUrl}${path}`, { waitUntil: "load" });
  await page.waitForFunction("document.querySelector('dialog input')", null, { polling: 50 });
  await page.keyboard.press("Control+k");
  return page;
}

const first = (page: Page) => page.locator("dialog a").first().getAttribute("href");

describe("the search", () => {
  it("finds by the keyboard alone what is known by a code, by a field in both spellings, or by what it is about", async ({
    newPage,
  }) => {
    const page = await openSearch(newPage, "/");
    for (const [text, target] of [
      ["APIGW.0301", "/errors/apigw-0301/"],
      ["execute_sysprep", "/reference/recreate-server-image/"],
      ["shrink_after_session_idle_minutes", "/reference/create-or-update-scaling-policy/"],
      ["subscription_num", "/reference/create-app-servers/"],
      ["originalimagename", "/reference/list-images/"],
      ["idempotency", "/guides/errors/"],
    ] as const) {
      await page.locator("dialog input").fill(text);
      await page.locator(`dialog a[href*="${target}"]`).first().waitFor();
    }
    await page.locator("dialog input").fill("Create an Application Streaming image");
    await expect.poll(() => first(page)).toContain("/reference/recreate-server-image/");

    await page.keyboard.press("Control+a");
    await page.keyboard.type("APIGW.0301");
    await page.locator('dialog a[href*="/errors/apigw-0301/"]').first().waitFor();
    const focused = () => page.evaluate("document.activeElement.getAttribute('href') ?? ''");
    for (let presses = 0; presses < 8 && !String(await focused()).includes("apigw-0301"); presses += 1)
      await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForURL(`${siteUrl}/errors/apigw-0301/*`);
  });

  it("shows the operation that is called so before all else, in Chinese", async ({ newPage }) => {
    const page = await openSearch(newPage, "/zh-cn/");
    await page.locator("dialog input").fill("创建镜像实例");
    await expect.poll(() => first(page)).toContain("/zh-cn/reference/create-image-server/");
  });
});

it("leads to the same page in the other language", async ({ newPage }) => {
  const page = await newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${siteUrl}/errors/apigw-0301/`, { waitUntil: "load" });
  await page.locator("starlight-lang-select select").first().selectOption({ label: "简体中文" });
  await page.waitForURL(`${siteUrl}/zh-cn/errors/apigw-0301/`);
  expect(await page.evaluate("document.documentElement.lang")).toBe("zh-CN");
});
