import type { Page } from "playwright-core";
import { describe, expect } from "vitest";
import { editions } from "../src/edition/edition.ts";
import { createOffice } from "../src/rollout-console/office.ts";
import { run } from "../src/rollout-console/run.ts";
import { rolloutWords } from "../src/words/rollout.ts";
import { violations } from "./accessibility.ts";
import { it, type NewPage, siteUrl, watch } from "./browser.ts";
import { isLong } from "./share.ts";

/** Opens the console of a start page, and remembers whether anything moves that nobody has touched, and which timers run since then. */
async function open(newPage: NewPage, path: string) {
  const page = await newPage();
  const seen = watch(page);
  await page.addInitScript(`
    globalThis.shift = 0;
    new PerformanceObserver((list) => { for (const one of list.getEntries()) if (!one.hadRecentInput) shift += one.value; })
      .observe({ type: "layout-shift", buffered: true });
    globalThis.timers = new Set();
    for (const [kind, isOnce] of [["Timeout", true], ["Interval", false]]) {
      const [set, clear] = [globalThis["set" + kind], globalThis["clear" + kind]];
      globalThis["set" + kind] = (act, ...rest) => {
        const timer = set((...given) => {
          if (isOnce) timers.delete(timer);
          act(...given);
        }, ...rest);
        timers.add(timer);
        return timer;
      };
      globalThis["clear" + kind] = (timer) => {
        timers.delete(timer);
        clear(timer);
      };
    }
  `);
  await page.goto(`${siteUrl}${path}`, { waitUntil: "load" });
  await page.evaluate("timers.clear()");
  await page.locator("#roll-out > summary").click();
  await page.locator(".rollout-start:enabled").waitFor();
  return { page, seen };
}

function stoppable() {
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
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
    async ([language, { link, locale }], { newPage, expect }) => {
      const words = rolloutWords[language];
      const { page, seen } = await open(newPage, link("/"));
      const before = seen.requests.length;
      expect(await servers(page)).toEqual(Array(6).fill(expect.stringContaining(words.oldImage)));
      await page.locator(".rollout-start").click();
      await page.locator(".rollout-server.is-imaging").first().waitFor();
      expect(await violations(page)).toEqual([]);
      // It goes on alike in every language.
      if (isLong || locale === undefined) {
        await page.getByLabel(words.speed).selectOption("4000");
        await page.locator(".rollout-said", { hasText: words.results.done }).waitFor();
        expect(await servers(page)).toEqual(Array(6).fill(expect.stringContaining(words.newImage)));
        expect(await page.locator(".rollout-truth").textContent()).toContain(words.thrownOut(0));
        expect(await page.locator(".rollout-events li").count()).toBeGreaterThanOrEqual(6 * 3);
        expect(await violations(page)).toEqual([]);
      }
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
    await page.getByLabel(words.speed).focus();
    await page.keyboard.press("ArrowDown");
    await page.locator(".rollout-start").focus();
    await page.keyboard.press("Enter");
    await page.locator(".rollout-said", { hasText: words.results["rolled back"] }).waitFor();
    expect(await servers(page)).toEqual(Array(6).fill(expect.stringContaining(words.oldImage)));
    expect(await page.locator(".rollout-events").textContent()).toContain(words.states.failed);
    await page.locator(".rollout-over").click();
    expect(await page.locator(".rollout-events").textContent()).toContain(words.nothingYet);
  });

  it("begins anew at once when it is started over, and ends with all its timers when it is closed", async ({
    newPage,
    expect,
  }) => {
    const { page } = await open(newPage, "/");
    const events = page.locator(".rollout-events li");
    await page.locator(".rollout-start").click();
    await events.first().waitFor();
    await page.locator(".rollout-over").click();
    await page.locator(".rollout-start").click();
    await events.first().waitFor();
    expect(await page.locator(".rollout-start").isDisabled()).toBe(true);
    await page.locator("#roll-out > summary").click();
    await expect.poll(() => page.evaluate("timers.size")).toBe(0);
    expect(await page.locator(".rollout-parts").count()).toBe(0);
    await page.locator("#roll-out > summary").click();
    await page.locator(".rollout-start:enabled").waitFor();
  });
});

describe("a run in a page", () => {
  it("ends with its signal, and leaves the other servers alone", async () => {
    const office = createOffice({ speed: 100_000 });
    const { signal, abort } = stoppable();
    const choices = { atOnce: 1, atTimeout: "wait", fails: false } as const;
    const { result } = await run(office, choices, { signal, onEvent: ({ state }) => state === "moved" && abort() });
    expect(result).toBe("interrupted");
    expect(office.servers().filter(({ hasNewImage }) => hasNewImage)).toHaveLength(1);
  });

  it("ends with nobody thrown out at any speed, also one that changes", async () => {
    const office = createOffice({ speed: 1 });
    const choices = { atOnce: 3, atTimeout: "wait", fails: false } as const;
    const running = run(office, choices, { signal: stoppable().signal, onEvent: () => undefined });
    office.clock.speed = 1_000_000;
    expect((await running).result).toBe("done");
    expect(office.endedSessions().thrownOut).toBe(0);
  });
});
