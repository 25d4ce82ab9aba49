import { describe, expect } from "vitest";
import { bodyIn, textWith, valueFrom } from "../src/console/body-text.ts";
import { editions } from "../src/edition/edition.ts";
import { consoleWords } from "../src/words/console.ts";
import { violations } from "./accessibility.ts";
import { it, siteUrl, startOver } from "./browser.ts";

const page = "/reference/create-image-server/";

describe("the text of a body", () => {
  it("is changed at a place, and keeps all else in its order", () => {
    const body = { name: "a", tags: [{ key: "k", value: "v" }, { key: "l" }], size: 1 };
    expect(textWith(body, ["name"], "b")).toBe(JSON.stringify({ ...body, name: "b" }, null, 2));
    expect(JSON.parse(textWith(body, ["tags", 1, "value"], ""))).toEqual({
      ...body,
      tags: [body.tags[0], { key: "l", value: "" }],
    });
    expect(JSON.parse(textWith(body, ["tags", 0], undefined))).toEqual({ ...body, tags: [{ key: "l" }] });
    expect(JSON.parse(textWith(body, ["size"], undefined))).toEqual({ name: "a", tags: body.tags });
    expect(JSON.parse(textWith({}, ["a", "b"], 1))).toEqual({ a: { b: 1 } });
    expect(JSON.parse(textWith({}, ["list", 0], {}))).toEqual({ list: [{}] });
  });

  it("is no body as long as it is no object", () => {
    expect(["", "{", "[]", "null", "1"].map(bodyIn)).toEqual([undefined, undefined, undefined, undefined, undefined]);
    expect(bodyIn('{ "a": 1 }')).toEqual({ a: 1 });
  });

  it("holds what was typed in its type, and as a text when it is not of that type", () => {
    expect([valueFrom("1", "integer"), valueFrom("1.5", "number"), valueFrom("true", "boolean")]).toEqual([
      1,
      1.5,
      true,
    ]);
    expect([valueFrom("1.5", "integer"), valueFrom("yes", "boolean"), valueFrom("1", "string")]).toEqual([
      "1.5",
      "yes",
      "1",
    ]);
  });
});

// One after the other, in one page, and so that a look that was judged is not judged again.
describe("the form of the body", () => {
  it("and the JSON beside it are in step, whichever is edited, and the form waits while the JSON is broken", async ({
    sharedPage,
    expect,
  }) => {
    const tab = await startOver(sharedPage, page);
    const json = tab.locator("#console-body");
    const body = async () => JSON.parse(await json.inputValue());
    await tab.locator("#form-name").fill("mine");
    await tab.locator("#form-root_volume-size").fill("80");
    await tab.locator("#form-root_volume-type").selectOption("SSD");
    await expect.poll(body).toMatchObject({ name: "mine", root_volume: { size: 80, type: "SSD" } });

    await json.fill(JSON.stringify({ ...(await body()), name: "other", is_vdi: true }));
    await expect.poll(() => tab.locator("#form-name").inputValue()).toBe("other");
    expect(await tab.locator("#form-is_vdi").inputValue()).toBe("true");
    await json.fill('{ "name": ');
    await expect.poll(() => tab.locator("#form-name").isDisabled()).toBe(true);
    expect(await tab.locator(".console-body").textContent()).toContain(consoleWords.en.formWaits);
    await json.fill('{ "name": "again" }');
    await expect.poll(() => tab.locator("#form-name").inputValue()).toBe("again");
    await expect.poll(() => tab.locator("#form-vpc_id").getAttribute("aria-invalid")).toBe("true");
  });

  it("says beside each field what it means, its limits, and which rule its value breaks", async ({
    sharedPage,
    expect,
  }) => {
    const tab = await startOver(sharedPage, page);
    const size = tab.locator("#form-root_volume-size");
    await size.fill("7");
    await expect
      .poll(() => size.getAttribute("aria-describedby"))
      .toBe("form-root_volume-size-help form-root_volume-size-issues");
    expect(await tab.locator("#form-root_volume-size-help").textContent()).toContain("10 to 1,024");
    expect(await tab.locator("#form-root_volume-size-issues").textContent()).toContain("/body/root_volume/size");
    expect(await tab.locator(".console-send").isDisabled()).toBe(true);
  });

  it("adds and takes out entries by the keyboard alone, which goes on where the change was", async ({
    sharedPage,
    expect,
  }) => {
    const tab = await startOver(sharedPage, page);
    await tab.locator(".console-more > summary").focus();
    await tab.keyboard.press("Enter");
    const focused = () => tab.evaluate("document.activeElement.id");
    const body = async () => JSON.parse(await tab.locator("#console-body").inputValue());
    await tab.locator("#form-tags").focus();
    await tab.keyboard.press("Enter");
    await expect.poll(focused).toBe("form-tags-0-key");
    await tab.keyboard.type("team");
    await expect.poll(body).toMatchObject({ tags: [{ key: "team" }] });
    await tab.keyboard.press("Tab");
    await tab.keyboard.type("desktop");
    // As long as a rule is broken, a link to what the field accepts stands before the button.
    await expect.poll(() => tab.locator(".console-entry .console-issues").count()).toBe(0);
    await tab.keyboard.press("Tab");
    await tab.keyboard.press("Enter");
    await expect.poll(focused).toBe("form-tags");
    expect(await body()).not.toHaveProperty("tags");
  });

  it.for(editions.map(({ language, link }) => [language, link(page)] as const))(
    "can be read by everybody in %s, with everything unfolded, added and broken, and fits a phone",
    async ([language, path], { newPage, expect }) => {
      const tab = await newPage({ viewport: { width: 1440, height: 900 } });
      await tab.goto(`${siteUrl}${path}#try-it`, { waitUntil: "load" });
      await tab.locator(".console-send:enabled").waitFor();
      await tab.locator(".console-more > summary").click();
      for (const id of ["form-tags", "form-route_policy", "form-scheduler_hints"]) await tab.locator(`#${id}`).click();
      await tab.locator("#form-name").fill("a b");
      await tab.locator("#form-name-issues").waitFor();
      expect(await violations(tab)).toEqual([]);
      expect(await tab.locator(".console-body > legend").textContent()).toBe(consoleWords[language].body);
      await tab.setViewportSize({ width: 360, height: 740 });
      expect(await tab.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
    },
  );
});
