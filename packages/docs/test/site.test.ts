import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { englishEdition } from "../src/edition/edition.ts";
import { useSite } from "./browser.ts";

const { operations } = englishEdition;

const site = useSite();

/** Opens a page and returns its text with the hosts that it asked and the errors that it logged. */
async function open(path: string, javaScriptEnabled: boolean) {
  const context = await site.browser.newContext({ javaScriptEnabled });
  const page = await context.newPage();
  const hosts = new Set<string>();
  const errors: string[] = [];
  page.on("request", (request) => void hosts.add(new URL(request.url()).host));
  page.on("console", (message) => {
    if (message.type() === "error") errors.push(message.text());
  });
  const response = await page.goto(`${site.url}${path}`, { waitUntil: "networkidle" });
  const text = await textOf(page);
  await context.close();
  return { status: response?.status(), text, hosts: [...hosts].filter((host) => host !== ""), errors };
}

async function textOf(page: Page): Promise<string> {
  return ((await page.locator("body").textContent()) ?? "").replace(/\s+/g, " ");
}

const own = () => [new URL(site.url).host];

describe("the site", () => {
  it.each(operations.map((operation) => [operation.id, operation] as const))(
    "has a page for %s that is whole without JavaScript",
    async (_id, operation) => {
      const { status, text, hosts, errors } = await open(`/reference/${operation.slug}/`, false);
      expect(status).toBe(200);
      expect(text).toContain(operation.path);
      expect(text).toContain(operation.authorization?.action);
      for (const name of [...operation.parameters, ...(operation.body?.fields ?? [])].map((field) => field.name)) {
        expect(text).toContain(name);
      }
      for (const response of operation.responses) expect(text).toContain(response.description.slice(0, 40));
      expect(hosts).toEqual(own());
      expect(errors).toEqual([]);
    },
    30_000,
  );

  it("says on the main page everything that the vendor's page says", async () => {
    const { text } = await open("/reference/recreate-server-image/", false);
    const facts = [
      "workspace:imageServer:recreate",
      "Write",
      "imageServer (required)",
      "g:EnterpriseProjectId",
      "ims:images:updateMemberStatus",
      "1 to 128 characters",
      "at most 1,024 characters",
      "image_name_0508",
      "This is an image recreate desc.",
      "697354472828968960",
      "X-Auth-Token",
      "execute_sysprep",
      "enterprise_project_id",
    ];
    for (const fact of facts) expect(text).toContain(fact);
    for (const status of [200, 400, 401, 403, 404, 405, 500, 503]) expect(text).toContain(String(status));
  }, 30_000);

  it.each(["/", "/redoc/"])(
    "%s asks no other host and logs no error",
    async (path) => {
      const { status, hosts, errors } = await open(path, true);
      expect(status).toBe(200);
      expect(hosts).toEqual(own());
      expect(errors).toEqual([]);
    },
    60_000,
  );
});
