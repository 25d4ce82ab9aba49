import { describe, expect } from "vitest";
import { englishEdition } from "../src/edition/edition.ts";
import { it, type NewPage, siteUrl, watch } from "./browser.ts";

const { operations } = englishEdition;

/** Opens a page and returns its text with the hosts that it asked and the errors that it logged. */
async function open(newPage: NewPage, path: string, javaScriptEnabled: boolean) {
  const page = await newPage({ javaScriptEnabled });
  const seen = watch(page);
  const response = await page.goto(`${siteUrl}${path}`, { waitUntil: javaScriptEnabled ? "networkidle" : "load" });
  const text = ((await page.locator("body").textContent()) ?? "").replace(/\s+/g, " ");
  return { page, status: response?.status(), text, hosts: [...seen.hosts], errors: seen.errors };
}

const own = [new URL(siteUrl).host];

/** What a page says as it was built, before any script runs. */
async function textOf(path: string): Promise<string> {
  const response = await fetch(`${siteUrl}${path}`);
  expect(response.status).toBe(200);
  const html = await response.text();
  const signs: Record<string, string> = { lt: "<", gt: ">", amp: "&", quot: '"' };
  return html
    .slice(html.indexOf("<body"))
    .replace(/<(script|style)\b[\s\S]*?<\/\1>|<[^>]*>/g, "")
    .replace(/&(?:#(x?)([\da-f]+)|(\w+));/gi, (_, hex, code, name) =>
      name === undefined
        ? String.fromCodePoint(Number.parseInt(code, hex === "" ? 10 : 16))
        : (signs[name] ?? `&${name};`),
    )
    .replace(/\s+/g, " ");
}

describe("the site", () => {
  it.for(operations.map((operation) => [operation.id, operation] as const))(
    "has a page for %s that is whole without JavaScript",
    async ([, operation], { expect }) => {
      const text = await textOf(`/reference/${operation.slug}/`);
      expect(text).toContain(operation.path);
      expect(text).toContain(operation.authorization?.action);
      for (const name of [...operation.parameters, ...(operation.body?.fields ?? [])].map((field) => field.name)) {
        expect(text).toContain(name);
      }
      for (const response of operation.responses) expect(text).toContain(response.description.slice(0, 40));
    },
  );

  it("says on the main page everything that the vendor's page says, in a browser without JavaScript", async ({
    newPage,
  }) => {
    const { text, hosts, errors } = await open(newPage, "/reference/recreate-server-image/", false);
    expect(hosts).toEqual(own);
    expect(errors).toEqual([]);
    const facts = [
      "workspace:imageServer:recreate",
      "Write",
      "imageServer (required)",
      "g:EnterpriseProjectId",
      "Aliasnone",
      "ims:images:updateMemberStatus",
      "1 to 128 characters",
      "at most 1,024 characters",
      "POST /v1/a4da8115c9d8464ead3a38309130523f/image-servers/25b1dd14-0c84-4558-aa57-03a6c54b8e75/actions/recreate-image",
      "image_name_0508",
      "This is an image recreate desc.",
      "697354472828968960",
      "X-Auth-Token",
      "execute_sysprep",
      "enterprise_project_id",
      "error_code",
      "error_msg",
    ];
    for (const fact of facts) expect(text).toContain(fact);
    for (const status of [200, 400, 401, 403, 404, 405, 500, 503]) expect(text).toContain(String(status));
  });

  it("says what became of each id of a batch, and what else the image service has of its own", async ({ newPage }) => {
    const batch = await open(newPage, "/reference/batch-change-server-image/", false);
    const rows = await batch.page.locator("#batch ~ table tbody tr").allTextContents();
    expect(rows).toEqual([expect.stringContaining("started, job"), expect.stringContaining("refused,")]);
    const text = await textOf("/reference/glance-delete-image/");
    for (const fact of ["ims.{region}.myhuaweicloud.com", "@workspace-aps/client/ims", "$IMS_ENDPOINT", "IMG.0001"])
      expect(text).toContain(fact);
    expect(text).not.toMatch(/WKS\.\d/);
  });

  it.for(["/", "/redoc/"])("%s asks no other host and logs no error", async (path, { newPage }) => {
    const { status, hosts, errors } = await open(newPage, path, true);
    expect(status).toBe(200);
    expect(hosts).toEqual(own);
    expect(errors).toEqual([]);
  });

  it("has an icon, and says where a page is as Markdown", async ({ newPage }) => {
    const { page } = await open(newPage, "/jobs/", false);
    for (const selector of ['link[rel="shortcut icon"]', 'link[type="text/markdown"]']) {
      const address = (await page.locator(selector).getAttribute("href")) ?? "";
      expect((await page.request.get(`${siteUrl}${address}`)).status(), selector).toBe(200);
    }
  });

  it("leads on from an address that is not there, in every language", async ({ newPage }) => {
    const { page, status } = await open(newPage, "/no/such/page/", false);
    expect(status).toBe(404);
    expect(await page.locator('main a[href="/"]').count()).toBe(1);
    expect(await page.locator('main a[href="/zh-cn/"]').count()).toBe(1);
  });
});

describe("an operation's page", () => {
  const main = "/reference/recreate-server-image/";

  it("has a deep link on every field, section and status, which is seen by the mouse and by the keyboard", async ({
    newPage,
  }) => {
    const { page } = await open(newPage, main, false);
    const marked = "getComputedStyle(document.querySelector('#body-name .deep-link'), '::after').opacity";
    for (const selector of [".fields > li", ".error-row", "main h2[id]:not(#_top)"]) {
      const links: [id: string, count: number][] =
        await page.evaluate(`[...document.querySelectorAll("${selector}")].map(
        (one) => [one.id, one.querySelectorAll('a.deep-link[href="#' + one.id + '"]').length])`);
      expect(links.length).toBeGreaterThan(3);
      expect(links.filter(([id, count]) => id === "" || count !== 1)).toEqual([]);
    }
    expect(await page.evaluate(marked)).toBe("0");
    await page.locator("#body-name .deep-link").hover();
    expect(await page.evaluate(marked)).toBe("1");
    await page.mouse.move(0, 0);
    await page.locator("#body-name .deep-link").focus();
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Tab");
    expect(await page.evaluate(marked)).toBe("1");
  });

  it("names no code that other services answer with", async ({ newPage }) => {
    const { page } = await open(newPage, main, false);
    const codes = await page.locator(".error-codes a").allTextContents();
    expect(codes.length).toBeGreaterThan(30);
    expect(codes.filter((code) => !/^(WKS|APIGW)\.\d+$/.test(code))).toEqual([]);
  });

  it("is printed with all its samples and codes, and without what can only be pressed", async ({ newPage }) => {
    const { page } = await open(newPage, main, true);
    await page.emulateMedia({ media: "print" });
    for (const form of ["typescript", "aps", "curl", "signed"])
      expect(await page.locator(`.sample-${form}`).isVisible(), form).toBe(true);
    expect(await page.locator(".error-codes a").last().isVisible()).toBe(true);
    const folded =
      "[...document.querySelectorAll('details.error-codes a')].filter((link) => !link.checkVisibility()).length";
    expect(await page.evaluate(folded)).toBe(0);
    for (const gone of [".try-it", ".sections", "header.header", "nav.sidebar"])
      expect(await page.locator(gone).first().isVisible(), gone).toBe(false);
  });
});
