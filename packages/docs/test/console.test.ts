import { regionHosts } from "@workspace-aps/client";
import { signRequest } from "@workspace-aps/client/sign";
import { defaultWorld } from "@workspace-aps/emulator";
import type { Page } from "playwright-core";
import { describe } from "vitest";
import { editions } from "../src/edition/edition.ts";
import { consoleWords } from "../src/words/console.ts";
import { violations } from "./accessibility.ts";
import { it, type NewPage, siteUrl, startOver, watch } from "./browser.ts";
import { isLong, tried } from "./share.ts";

const main = "/reference/recreate-server-image/";

/** Opens the console of a page. */
async function open(newPage: NewPage, path: string) {
  const page = await newPage();
  const { requests } = watch(page);
  await page.goto(`${siteUrl}${path}`, { waitUntil: "load" });
  await page.locator("details.try-it > summary").click();
  await page.locator(".console-send:enabled").waitFor();
  return { page, requests };
}

const send = (page: Page) => page.locator(".console-send:enabled").click();
const blocks = (page: Page) => page.locator(".console-results .console-code").allTextContents();

describe("the console of the main operation", () => {
  it("is loaded when it is opened, and not before", async ({ newPage, expect }) => {
    const page = await newPage();
    const { requests } = watch(page);
    await page.goto(`${siteUrl}${main}`, { waitUntil: "networkidle" });
    const before = requests.length;
    expect(requests.filter((request) => /open\.\w+/.test(request))).toEqual([]);
    await page.locator("details.try-it > summary").click();
    await page.locator(".console-send:enabled").waitFor();
    expect(requests.slice(before).some((request) => /open\./.test(request))).toBe(true);
  });

  it("makes an image within a minute, without asking anybody, and can be read by everybody then", async ({
    newPage,
    expect,
  }) => {
    const { page, requests } = await open(newPage, main);
    const before = requests.length;
    await send(page);
    await page.locator(".console-made").waitFor();
    expect(await page.locator(".console-made").textContent()).toMatch(/image_name_0508 [0-9a-f-]{36}/);
    expect(await page.locator(".console-state").textContent()).toMatch(/^SUCCESS, \d\d min/);
    expect(requests.slice(before)).toEqual([]);
    expect(await violations(page)).toEqual([]);
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
  });

  it("makes an image with the keyboard alone, from a link on the start page", async ({ newPage, expect }) => {
    const page = await newPage();
    await page.goto(siteUrl, { waitUntil: "load" });
    await page.locator('main a[href$="#try-it"]').focus();
    await page.keyboard.press("Enter");
    await page.locator(".console-send:enabled").waitFor();
    await page.locator("details.try-it > summary").focus();
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.id")).toBe("console-server_id");
    await page.keyboard.press("Enter");
    const status = page.locator(".console-parts [role=status]");
    await expect.poll(() => status.textContent()).toBe(`${consoleWords.en.job}: RUNNING`);
    expect(await page.evaluate("document.activeElement.id")).toBe("console-server_id");
  });

  it("shows why a job failed, and leads to what the code means", async ({ sharedPage, expect }) => {
    const page = await startOver(sharedPage, main);
    await page.locator("#console-fault").selectOption("failed");
    await send(page);
    const link = page.locator(".console-failed a");
    await link.waitFor();
    expect(await page.locator(".console-state").textContent()).toMatch(/^FAILED/);
    const target = (await link.getAttribute("href")) ?? "";
    expect((await page.request.get(`${siteUrl}${target}`)).status()).toBe(200);
  });

  it("shows the exchange with its signature, and the typed result", async ({ sharedPage, expect }) => {
    const page = await startOver(sharedPage, main);
    await send(page);
    await page.locator(".console-job").waitFor();
    const text = (await blocks(page)).join("\n");
    expect(text).toMatch(/ResultOf<"recreateServerImage">\{\s+"job_id": "\d{18}"/);
    expect(text).toMatch(/POST \/v1\/[0-9a-f]{32}\/image-servers\/[0-9a-f-]{36}\/actions\/recreate-image HTTP\/1\.1/);
    expect(text).toMatch(/authorization: SDK-HMAC-SHA256 Access=APSEMULATORACCESSKEY, .*Signature=[0-9a-f]{64}/);
    expect(text).toContain("HTTP/1.1 200");
  });

  it("says at every letter which rule is broken, beside the value, and does not send it", async ({
    sharedPage,
    expect,
  }) => {
    const page = await startOver(sharedPage, main);
    await page.locator("#console-body").fill('{ "name": "a/b", "desciption": "" }');
    const issues = page.locator("#console-body-issues li");
    await expect.poll(() => issues.allTextContents()).toHaveLength(2);
    expect((await issues.allTextContents()).join(" ")).toContain("description");
    expect(await page.locator("#console-body").getAttribute("aria-invalid")).toBe("true");
    expect(await page.locator(".console-send").isDisabled()).toBe(true);
    expect(await page.locator('#console-body-issues a[href="#body-name"]').count()).toBe(1);
    await page.locator("#console-server_id").fill("..");
    await expect.poll(() => page.locator("#console-server_id-issues").count()).toBe(1);
    await page.locator("#console-body").fill('{ "name": ');
    await expect.poll(() => issues.first().textContent()).toMatch(/^The body is not JSON/);
  });

  it("shows a refusal with its code, and leads to what it means", async ({ newPage, expect }) => {
    const { page } = await open(newPage, main);
    await page.locator("#console-server_id").fill("no-such-server");
    await send(page);
    await page.locator(".console-results a").click();
    await page.waitForURL(/\/errors\/wks-\d+\//);
    expect(await page.locator("h1").textContent()).toMatch(/^WKS\.\d+$/);
  });

  it("refuses a second image while the first is being made, as the service does, and starts over", async ({
    sharedPage,
    expect,
  }) => {
    const page = await startOver(sharedPage, main);
    await send(page);
    await page.locator(".console-job").waitFor();
    await send(page);
    await expect.poll(async () => (await blocks(page)).join()).toContain("ApiError");
    await page.locator(".console-start-over").click();
    expect(await blocks(page)).toEqual([]);
    await send(page);
    await page.locator(".console-job").waitFor();
  });

  it("shows apart what a call with several ids has started and what was refused", async ({ newPage, expect }) => {
    const { page } = await open(newPage, "/reference/batch-change-server-image/");
    const [known = ""] = (defaultWorld.appServers ?? []).map(({ id }) => id);
    const body = JSON.parse(await page.locator("#console-body").inputValue());
    await page.locator("#console-body").fill(JSON.stringify({ ...body, server_ids: [known, "nobody"] }));
    await send(page);
    const started = page.locator(".console-made:not(.console-failed) li");
    await started.waitFor();
    expect(await started.allTextContents()).toEqual([expect.stringMatching(new RegExp(`^${known} .*\\d{18}$`))]);
    const refused = page.locator(".console-failed li");
    expect(await refused.allTextContents()).toEqual([expect.stringMatching(/^nobody WKS\.\d+ ./)]);
    expect((await page.request.get(`${siteUrl}${await refused.locator("a").getAttribute("href")}`)).status()).toBe(200);
    const said = await page.locator(".console-parts [role=status]").textContent();
    expect(said).toBe(`${consoleWords.en.result} ${consoleWords.en.started(1)} ${consoleWords.en.refused(1)}`);
    expect(await violations(page)).toEqual([]);
  });

  it("repeats a call that was throttled, and shows both attempts", async ({ sharedPage, expect }) => {
    const page = await startOver(sharedPage, main);
    await page.locator("#console-fault").selectOption("throttled");
    await send(page);
    await page.locator(".console-job").waitFor();
    expect(await page.locator(".console-exchange > summary").allTextContents()).toEqual([
      expect.stringMatching(/recreate-image 429$/),
      expect.stringMatching(/recreate-image 200$/),
    ]);
  });

  it("does not repeat a call whose answer was lost; createImage finds the job that was started", async ({
    sharedPage,
    expect,
  }) => {
    const page = await startOver(sharedPage, main);
    await page.locator("#console-fault").selectOption("lost");
    await send(page);
    await expect.poll(async () => (await blocks(page)).join()).toContain("ConnectionError");
    expect(await page.locator(".console-exchange").count()).toBe(1);
    expect(await page.locator(".console-results").textContent()).toContain("The work may have been done");

    await page.locator(".console-start-over").click();
    await page.locator("#console-fault").selectOption("lost");
    await page.locator(".console-actions button:enabled", { hasText: "createImage" }).click();
    await page.locator(".console-job").waitFor();
    expect((await blocks(page)).join()).toContain("StartedJob");
    const calls = await page.locator(".console-exchange > summary").allTextContents();
    expect(calls.filter((call) => call.startsWith("POST"))).toHaveLength(1);
    expect(calls.length).toBeGreaterThan(2);
  });

  it("lets a call that is throttled or not served fail with a code that has a page", async ({ newPage, expect }) => {
    const page = await newPage({ javaScriptEnabled: false });
    await page.goto(`${siteUrl}/reference/list-image-servers/`, { waitUntil: "load" });
    const { errors } = JSON.parse((await page.locator("#try-it").getAttribute("data-facts")) ?? "");
    for (const { code } of [errors.throttled, errors.unavailable])
      expect((await page.request.get(`${siteUrl}/errors/${code.toLowerCase().replace(".", "-")}/`)).status()).toBe(200);
  });

  it("makes one image although the service was not available", async ({ sharedPage, expect }) => {
    const page = await startOver(sharedPage, main);
    await page.locator("#console-fault").selectOption("unavailable");
    await page.locator(".console-actions button:enabled", { hasText: "createImage" }).click();
    await page.locator(".console-job").waitFor();
    const calls = await page.locator(".console-exchange > summary").allTextContents();
    expect(calls.filter((call) => call.startsWith("POST"))).toHaveLength(2);
  });

  it("gives the call that was typed as code", async ({ sharedPage, expect }) => {
    const page = await startOver(sharedPage, main);
    await page
      .locator("#console-body")
      .fill(JSON.stringify({ name: "mine", description: "it's mine", execute_sysprep: true }));
    const sample = page.locator(".console-samples code");
    await expect.poll(() => sample.textContent()).toContain("it's mine");
    expect(await sample.textContent()).toContain("execute_sysprep: true");
    const samples: Record<string, string> = {};
    for (const label of await page.locator(".console-samples label").all()) {
      await label.click();
      samples[((await label.textContent()) ?? "").trim()] = (await sample.textContent()) ?? "";
    }
    expect(samples.aps).toBe(
      'aps image create 25b1dd14-0c84-4558-aa57-03a6c54b8e75 \\\n  --name mine \\\n  --description "it\'s mine" \\\n  --sysprep\n',
    );
    expect(samples["curl, with a token"]).toContain(`"description": "it'\\''s mine"`);
    expect(samples["curl, signed"]).toMatch(/--curl \| sh\n$/);
  });
});

it("everything in an operation's page and in its console is reached by the keyboard", async ({ newPage, expect }) => {
  const page = await newPage();
  await page.goto(`${siteUrl}${main}`, { waitUntil: "load" });
  await page.locator("details.try-it > summary").focus();
  await page.keyboard.press("Enter");
  await page.locator(".console-send:enabled").waitFor();
  await page.evaluate("document.activeElement.blur()");
  const wanted = `[...document.querySelectorAll("a[href], button, input, select, textarea, summary, pre[tabindex='0']")]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.disabled)
    // Of a group of radio buttons the keyboard enters the chosen one, and moves within by arrows.
    .filter((element) => element.type !== "radio" || element.checked)`;
  await page.evaluate(
    "globalThis.reached = new Set(); addEventListener('focusin', ({ target }) => reached.add(target))",
  );
  const count = (await page.evaluate(`${wanted}.length`)) as number;
  for (let presses = 0; presses < count + 20; presses += 1) await page.keyboard.press("Tab");
  const missed = `${wanted}.filter((element) => !reached.has(element)).map(({ outerHTML }) => outerHTML.slice(0, 120))`;
  expect(count).toBeGreaterThan(100);
  expect(await page.evaluate(missed)).toEqual([]);
});

describe("for a real endpoint", () => {
  const secret = "a-secret-of-mine-that-nobody-sees";

  it("signs a curl command, and neither sends nor stores what was typed", async ({ newPage, expect }) => {
    const { page, requests } = await open(newPage, main);
    await page.locator(".console-real > summary").click();
    const before = requests.length;
    await page.locator("#real-projectId").fill("a4da8115c9d8464ead3a38309130523f");
    await page.locator("#real-accessKeyId").fill("MYACCESSKEY");
    await page.locator("#real-secretAccessKey").fill(secret);
    await page.locator(".console-real button[type=submit]").click();
    const command = (await page.locator(".console-real code").textContent()) ?? "";
    expect(await page.locator("#real-secretAccessKey").getAttribute("type")).toBe("password");

    const header = (name: string) => new RegExp(`'${name}: ([^']*)'`).exec(command)?.[1] ?? "";
    const target = /--url (\S+)/.exec(command)?.[1] ?? "";
    expect(target).toBe(
      `${regionHosts["ap-southeast-1"]}/v1/a4da8115c9d8464ead3a38309130523f/image-servers/25b1dd14-0c84-4558-aa57-03a6c54b8e75/actions/recreate-image`,
    );
    expect(header("authorization")).toMatch(/^SDK-HMAC-SHA256 Access=MYACCESSKEY, SignedHeaders=/);
    const names = /SignedHeaders=([^,]*)/.exec(header("authorization"))?.[1]?.split(";") ?? [];
    const signed = names.filter((name) => !["host", "x-sdk-date"].includes(name));
    const [, year, month, day, hour, minute, second] =
      /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(header("x-sdk-date")) ?? [];
    const expected = await signRequest(
      {
        method: "POST",
        url: target,
        headers: Object.fromEntries(signed.map((name) => [name, header(name)])),
        body: /--data-raw '([^']*)'/.exec(command)?.[1] ?? "",
      },
      { accessKeyId: "MYACCESSKEY", secretAccessKey: secret },
      new Date(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`),
    );
    expect(header("authorization")).toBe(expected.Authorization);

    expect(requests.slice(before)).toEqual([]);
    expect(await page.content()).not.toContain(secret);
    const stored = "JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href])";
    expect(await page.evaluate(stored)).not.toContain(secret);
    expect(await page.evaluate("indexedDB.databases().then((all) => all.length)")).toBe(0);
    expect(await page.evaluate("JSON.stringify(history.state)")).not.toContain(secret);
    await page.reload({ waitUntil: "load" });
    await page.locator("details.try-it > summary").click();
    await page.locator(".console-send:enabled").waitFor();
    expect(await page.locator("#real-secretAccessKey").inputValue()).toBe("");
  });

  it("forgets what was typed when the page is left, though a browser may keep the page to go back to", async ({
    newPage,
    expect,
  }) => {
    const { page } = await open(newPage, main);
    await page.locator(".console-real > summary").click();
    const input = page.locator("#real-secretAccessKey");
    await input.fill(secret);
    expect(await input.getAttribute("autocomplete")).toBe("one-time-code");
    await page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', { persisted: true }))");
    await expect.poll(() => input.inputValue()).toBe("");
  });
});

describe.concurrent.each(editions)("in $language", ({ language, locale, operations, link }) => {
  // A console in another language is the same program with other words, which those of the main operation show; in English the
  // tests above have tried that one.
  const shown = tried(operations).filter(({ slug }) => isLong || main.includes(slug) === (locale !== undefined));

  it.for(shown.map(({ slug, id, body }) => [id, link(`/reference/${slug}/`), body?.fields ?? []] as const))(
    "%s can be tried as it is, with an input for each of its fields",
    async ([id, path, fields], { newPage, expect }) => {
      const { page } = await open(newPage, path);
      for (const { name } of fields)
        expect(await page.locator(`[id^="form-${name}"]`).count(), name).toBeGreaterThan(0);
      await send(page);
      const method = id.charAt(0).toLowerCase() + id.slice(1);
      await expect.poll(async () => (await blocks(page)).join("\n")).toContain(`ResultOf<"${method}">`);
      expect(await page.locator(".console-actions button").last().textContent()).toBeTruthy();
      expect(await page.locator("form.console-request").getAttribute("aria-label")).toBe(
        consoleWords[language].request,
      );
    },
  );
});
