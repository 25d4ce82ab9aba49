import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { start } from "./aps.ts";

const terminal = { columns: 120, rows: 30 };
const asked: string[] = [];
let answer = JSON.stringify({ version: "99.1.0" });
const registry = createServer((request, response) => {
  asked.push(String(request.url));
  response.end(answer);
});
let home = "";
let environment: Record<string, string> = {};

beforeAll(async () => {
  registry.listen(0, "127.0.0.1");
  await once(registry, "listening");
});
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "aps-update-"));
  asked.length = 0;
  const { port } = registry.address() as AddressInfo;
  await writeFile(
    join(home, ".npmrc"),
    `registry = https://other.invalid/\n@workspace-aps:registry=http://127.0.0.1:${port}/npm\n`,
  );
  environment = { HOME: home, APS_UPDATE_NOTICE: "on" };
  return () => rm(home, { recursive: true });
});
afterAll(() => registry.close());

const run = (more: Record<string, string> = {}) =>
  start(["error", "IMG.0009"], { ...environment, ...more }, { terminal }).ended;

test("who has asked for it is told of a newer version, from the registry of the user, once a day", async () => {
  expect((await run()).err).toContain("aps 99.1.0 is out");
  expect((await run()).err).toContain("npm install --global @workspace-aps/cli");
  expect(asked).toEqual(["/npm/@workspace-aps%2fcli/latest"]);
});

test.each([
  ["nobody asked for it", { APS_UPDATE_NOTICE: "" }],
  ["CI", { CI: "true" }],
  ["NO_UPDATE_NOTIFIER", { NO_UPDATE_NOTIFIER: "1" }],
])("nothing is asked: %s", async (_title, more) => {
  expect((await run(more)).err).toBe("");
  expect(asked).toEqual([]);
});

test("nothing is asked where no person reads it", async () => {
  expect((await start(["error", "IMG.0009"], environment).ended).err).toBe("");
  expect(asked).toEqual([]);
});

test.each(["no JSON", '{"version":"0.0.1"}', '{"version":"\\u001b[31m9.9.9"}'])(
  "an answer of no use is not told: %s",
  async (text) => {
    answer = text;
    const { code, err } = await run();
    expect([code, err]).toEqual([0, ""]);
    expect(JSON.parse(await readFile(join(home, ".cache/aps/update.json"), "utf8"))).toHaveProperty("checkedAtMs");
  },
);
