import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { expect, inject, test } from "vitest";
import { limitsMs } from "../../../scripts/suite/limits.ts";

/** Where the built site is. */
export const siteUrl = inject("siteUrl");

let browser: Promise<Browser> | undefined;

/**
 * A test that is handed pages to read the site with. A page has nothing in its memory, and is closed with the test. A script
 * that throws fails the test.
 */
export const it = test.extend<{ newPage: (options?: BrowserContextOptions) => Promise<Page> }>({
  newPage: async ({ task: _task }, use) => {
    browser ??= chromium.connect(inject("browserEndpoint"));
    const connected = await browser;
    const own: { close(): Promise<void> }[] = [];
    const thrown: string[] = [];
    await use(async (options) => {
      const context = await connected.newContext(options);
      context.setDefaultTimeout(limitsMs.wait);
      own.push(context);
      context.on("weberror", (error) => void thrown.push(error.error().message));
      return context.newPage();
    });
    await Promise.all(own.map((context) => context.close()));
    expect(thrown, "A script of a page threw").toEqual([]);
  },
});

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
