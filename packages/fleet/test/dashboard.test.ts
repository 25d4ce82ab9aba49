import packaged from "@sparticuz/chromium";
import axe from "axe-core";
import { chromium } from "playwright-core";
import { afterAll, expect, it } from "vitest";
import { browserOptions } from "../../../scripts/suite/browser.ts";
import { serveDashboard } from "../src/dashboard/serve-dashboard.ts";
import { openDatabase } from "../src/database/database.ts";
import { openFleet } from "../src/index.ts";
import { databaseOrSkip } from "./postgres.ts";
import { noClient } from "./world.ts";

const place = { region: "ap-southeast-1", projectId: "1".repeat(32) };
const database = await databaseOrSkip();
const fleet = openFleet({ databaseUrl: database.url, client: noClient });
afterAll(async () => {
  await fleet[Symbol.asyncDispose]();
  await database[Symbol.asyncDispose]();
});

it("shows runs to whoever is at this machine, and approves and cancels them, without a fault that axe knows", async () => {
  const images = [{ ...place, serverId: "server", name: "office" }];
  const rollouts = [{ ...place, serverGroupId: "a group", serverId: "server" }];
  await fleet.submit("nightly", images, { approval: true, rollouts });
  await setRollouts("planned");
  const queueUrl = "http://127.0.0.1:3000/";
  await using dashboard = await serveDashboard(fleet, { port: 0, user: "<b>an operator</b>", queueUrl });
  const browser = await chromium.launch(await browserOptions(packaged));
  const page = await (await browser.newContext({ bypassCSP: true })).newPage();
  const faults = async () => {
    await page.evaluate(axe.source);
    return page.evaluate("axe.run().then(({ violations }) => violations.map(({ id, help }) => [id, help].join()))");
  };
  await page.goto(dashboard.url);
  expect(await faults()).toEqual([]);
  expect(await page.getByRole("link", { name: "Queue" }).getAttribute("href")).toBe(queueUrl);
  await page.getByRole("link", { name: "Projects" }).click();
  await page.getByRole("cell", { name: place.projectId }).waitFor();
  expect(await faults()).toEqual([]);
  await page.getByRole("link", { name: "nightly" }).click();
  await page.getByRole("cell", { name: "office" }).waitFor();
  expect(await faults()).toEqual([]);
  await page.getByRole("button", { name: "Approve the rollouts" }).click();
  await page.getByRole("region", { name: "Rollouts" }).getByRole("cell", { name: "approved", exact: true }).waitFor();
  await page.getByRole("button", { name: "Approve", exact: true }).click();
  await page.getByText("approved by <b>an operator</b>").waitFor();
  // What happens elsewhere is seen without a reload.
  await fleet.cancel("nightly", { by: "somebody else" });
  await page.getByText("cancelled by somebody else").waitFor();
  await browser.close();
});

it("refuses other sites, names that lead here, and who does not know the token", async () => {
  await fleet.submit("guarded", [{ ...place, serverId: "other", name: "office" }], { approval: true });
  await expect(serveDashboard(fleet, { host: "0.0.0.0", port: 0, user: "u" })).rejects.toThrow("Set a token");
  await using open = await serveDashboard(fleet, { port: 0, user: "u" });
  const approve = (url: string, headers: Record<string, string>) =>
    fetch(new URL("runs/guarded/approve", url), { method: "POST", headers, redirect: "manual" });
  expect((await approve(open.url, {})).status).toBe(403);
  expect((await approve(open.url, { origin: "https://evil.example" })).status).toBe(403);
  await using guarded = await serveDashboard(fleet, { port: 0, user: "u", token: "a token" });
  const { origin } = new URL(guarded.url);
  const basic = (token: string) => ({
    origin,
    authorization: `Basic ${Buffer.from(`ann:${token}`).toString("base64")}`,
  });
  expect((await fetch(guarded.url)).status).toBe(401);
  expect((await approve(guarded.url, basic("another"))).status).toBe(401);
  expect((await approve(guarded.url, basic("a token"))).status).toBe(303);
  expect(await fleet.status("guarded")).toMatchObject({ approval: "given", approvedBy: "ann" });
});

/** Brings rollouts to a state that only workers bring them to. */
async function setRollouts(state: string): Promise<void> {
  const tables = openDatabase({ connectionString: database.url }, () => {});
  await tables.change("update aps_fleet.rollout set state = $1", [state]);
  await tables.close();
}
