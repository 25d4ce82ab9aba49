import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { expect, inject, test } from "vitest";
import { limitsMs } from "../../../scripts/suite/limits.ts";

/** Where the built site is. */
export const siteUrl = inject("siteUrl");

/** Opens a page that has nothing in its memory. */
export type NewPage = (options?: BrowserContextOptions) => Promise<Page>;

let browser: Promise<Browser> | undefined;

/**
 * A test that is handed pages to read the site with: `newPage` opens one that has nothing in its memory, and is closed with the
 * test; `sharedPage` is one for all tests of a file. A script that throws fails the test, and in the shared page the file.
 */
export const it = test
  // biome-ignore lint/correctness/noEmptyPattern: what a fixture needs is read from this pattern, and it needs nothing
  .extend("sharedPage", { scope: "file" }, async ({}, { onCleanup }) => {
    const { open, close } = contexts();
    onCleanup(close);
    return open();
  })
  .extend("newPage", async ({ task: _task }, { onCleanup }): Promise<NewPage> => {
    const { open, close } = contexts();
    onCleanup(close);
    return open;
  });

/** Opens pages, each in a context of its own, and closes them together. */
function contexts() {
  const own: BrowserContext[] = [];
  const thrown: string[] = [];
  return {
    async open(options?: BrowserContextOptions): Promise<Page> {
      browser ??= chromium.connect(inject("browserEndpoint"));
      const context = await (await browser).newContext(options);
      context.setDefaultTimeout(limitsMs.wait);
      own.push(context);
      context.on("weberror", (error) => void thrown.push(error.error().message));
      return context.newPage();
    },
    async close(): Promise<void> {
      await Promise.all(own.map((context) => context.close()));
      expect(thrown, "A script of a page threw").toEqual([]);
    },
  };
}

/** What a page asks for, and what it complains about, from now on. */
export function watch(page: Page) {
  const seen = { hosts: new Set<string>(), requests: [] as string[], errors: [] as string[] };
  page.on("request", (request) => {
    seen.requests.push(request.url());
    const { host } = new URL(request.url());
    if (host !== "") seen.hosts.add(host);
  });
  page.on("console", (message) => {
    if (message.type() === "error") seen.errors.push(message.text());
  });
  return seen;
}

/** The console of an operation's page in a page that tests share, with nothing typed and nothing sent. */
export async function startOver(page: Page, path: string): Promise<Page> {
  if (page.url() === `${siteUrl}${path}`) await page.locator(".console-start-over").click();
  else {
    await page.goto(`${siteUrl}${path}`, { waitUntil: "load" });
    await page.locator("details.try-it > summary").click();
  }
  await page.locator(".console-send:enabled").waitFor();
  return page;
}
