import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, beforeAll, expect, test } from "vitest";
import { secret, serverId, start, startTarget, type Target } from "./aps.ts";

let target: Target;
let home: string;
let environment: Record<string, string>;
beforeAll(async () => {
  target = await startTarget();
  home = await mkdtemp(join(tmpdir(), "aps-home-"));
  environment = { HOME: home };
  await mkdir(join(home, ".config", "aps"), { recursive: true });
  await mkdir(join(home, ".huaweicloud"));
});
afterAll(async () => {
  await target[Symbol.asyncDispose]();
  await rm(home, { recursive: true });
});

const config = (text: string) => writeFile(join(home, ".config", "aps", "config.toml"), text);
const keys = (text: string) => writeFile(join(home, ".huaweicloud", "credentials"), text, { mode: 0o600 });
const good = `ak = APSEMULATORACCESSKEY\nsk = ${secret}\n`;

test("a value comes from the option, else the variable, else the profile", async () => {
  const { APS_ENDPOINT = "", APS_PROJECT_ID = "" } = target.environment;
  await keys(`[basic]\n${good}[office-keys]\n${good}`);
  await config(
    `[profiles.default]\nregion = "ap-southeast-1"\nproject_id = "${APS_PROJECT_ID}"\nendpoint = "${APS_ENDPOINT}"\noutput = "id"\nretries = 0\n` +
      `[profiles.office]\nendpoint = "http://127.0.0.1:9"\nretries = 0\nproject_id = "p"\ncredentials = "office-keys"\n`,
  );
  expect((await start(["server", "list"], environment).ended).out).toBe(`${serverId}\n`);
  expect((await start(["server", "list"], { ...environment, APS_OUTPUT: "name" }).ended).out).toBe(
    "golden-image-builder\n",
  );
  const typed = await start(["server", "list", "-o", "json"], { ...environment, APS_OUTPUT: "name" }).ended;
  expect(typed.json()).toHaveProperty("items");
  const office = await start(["server", "list", "--profile", "office"], environment).ended;
  expect([office.code, office.err]).toEqual([5, expect.stringContaining("127.0.0.1:9")]);
  const variable = { ...environment, APS_PROFILE: "office", APS_ENDPOINT, APS_PROJECT_ID };
  expect((await start(["server", "list"], variable).ended).code).toBe(0);
});

test.each([
  ["no TOML", "[profiles.default\nregion = 1", "is not TOML: see line 1"],
  ["a key that is not known", '[profiles.default]\nregoin = "x"', "Did you mean region?"],
  ["something else", 'region = "x"', "Write [profiles.default]"],
  ["a value that is no text", "[profiles.default]\nregion = [1]", "must be a text"],
])("a configuration file with %s is refused, and no value is shown", async (_title, text, says) => {
  await config(`${text}\n# ${secret}`);
  const run = await start(["server", "list"], { ...environment, ...target.environment }).ended;
  expect([run.code, run.err]).toEqual([2, expect.stringContaining(says)]);
  expect(run.err).not.toContain(secret);
});

test.each([
  [["--retries", "21"], "--retries must be a number from 0 to 20"],
  [["--request-timeout", "soon"], "--request-timeout must be a duration"],
  [["--proxy", `http://u:${secret}@proxy:1`], "--proxy must not contain a user name or password"],
  [["--ca-file", "no-such-file"], "no-such-file"],
])("%j is refused before anything is sent", async (args, says) => {
  const before = target.emulator.requests.length;
  const run = await start(["server", "list", ...args], target.environment).ended;
  expect([run.code, run.err]).toEqual([2, expect.stringContaining(says)]);
  expect(run.err).not.toContain(secret);
  expect(target.emulator.requests).toHaveLength(before);
});

test("aps configure asks, tries, writes, echoes no secret, and only its owner can read what it wrote", async () => {
  await rm(join(home, ".config"), { recursive: true });
  await keys("; kept\n[other]\nak = x\nsk = y\n[basic]\nak = old\nsk = old\nproject_id = p\n");
  const { APS_ENDPOINT = "", APS_PROJECT_ID = "" } = target.environment;
  const input = Object.assign(new Readable({ read() {} }), { isTTY: true });
  const running = start(["configure"], environment, { input, terminal: { columns: 80, rows: 24 } });
  for (const [question, answer] of [
    ["Region", "ap-southeast-1"],
    ["Project id", APS_PROJECT_ID],
    ["Endpoint", APS_ENDPOINT],
    ["Output", "yaml"],
    ["Proxy", ""],
    ["File of certificates", ""],
    ["newer aps", "on"],
    ["Access key id", "APSEMULATORACCESSKEY"],
    ["Secret access key", secret],
  ] as const) {
    await running.said(question);
    input.push(`${answer}\n`);
  }
  const run = await running.ended;
  expect([run.code, run.err]).toEqual([0, expect.stringContaining("answers, and the keys are good.")]);
  expect(run.out + run.err).not.toContain(secret);
  const written = join(home, ".config", "aps", "config.toml");
  expect(await readFile(written, "utf8")).toMatch(/output = "yaml"\n(.*\n)*update_notice = "on"/);
  expect(await readFile(join(home, ".huaweicloud", "credentials"), "utf8")).toBe(
    `; kept\n[other]\nak = x\nsk = y\n[basic]\nak = APSEMULATORACCESSKEY\nsk = ${secret}\nproject_id = p\n`,
  );
  for (const file of [written, join(home, ".huaweicloud", "credentials")])
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  expect((await start(["server", "list"], environment).ended).out).toContain("items:");
});

test("where nobody can be asked, aps configure writes the options that are given, and nothing without any", async () => {
  const before = await readFile(join(home, ".config", "aps", "config.toml"), "utf8").catch(() => "");
  const nothing = await start(["configure", "--profile", "empty"], environment).ended;
  expect([nothing.code, nothing.err]).toEqual([2, expect.stringContaining("Nobody can be asked here.")]);
  expect(await readFile(join(home, ".config", "aps", "config.toml"), "utf8").catch(() => "")).toBe(before);
  const { APS_ENDPOINT = "" } = target.environment;
  const run = await start(
    ["configure", "--profile", "ci", "--region", "ap-southeast-3", "--endpoint", APS_ENDPOINT],
    environment,
  ).ended;
  expect([run.code, run.err]).toEqual([0, expect.stringContaining("Use it with --profile ci")]);
  expect(await readFile(join(home, ".config", "aps", "config.toml"), "utf8")).toMatch(
    /\[profiles\.ci\]\nregion = "ap-southeast-3"/,
  );
});

test("aps doctor says what is right, from where, and changes nothing", async () => {
  const before = JSON.stringify([...target.emulator.state.projects.values()].map(({ jobs }) => jobs.size));
  const run = await target.aps("doctor", "--for", "image create", "-o", "json");
  expect([run.code, run.err]).toEqual([0, ""]);
  const checks = run.json().checks as unknown as { check: string; result: string; says: string }[];
  expect(checks.filter(({ result }) => result !== "ok")).toEqual([]);
  const says = (check: string) => checks.find((one) => one.check === check)?.says;
  expect(says("keys")).toBe("access key APSE..SKEY, from HUAWEICLOUD_SDK_AK and HUAWEICLOUD_SDK_SK");
  expect(says("owner")).toContain("account f57d40af590c423a6271af5664368e97");
  expect(says("region")).toBe("ap-southeast-1 (from APS_REGION)");
  expect(checks.filter(({ check }) => check === "permission").length).toBeGreaterThan(3);
  expect(JSON.stringify([...target.emulator.state.projects.values()].map(({ jobs }) => jobs.size))).toBe(before);
});

test.each([
  ["wrong keys", { HUAWEICLOUD_SDK_SK: "wrong" }, 6, /^service +wrong +ListImageServers: refused with status 401/m],
  ["no keys", { HUAWEICLOUD_SDK_SK: "" }, 2, /^keys +wrong +/m],
  [
    "nothing that listens",
    { APS_ENDPOINT: "http://127.0.0.1:9", APS_RETRIES: "0" },
    5,
    /^endpoint +wrong +http:\/\/127\.0\.0\.1:9 is not reached/m,
  ],
  [
    "an unknown region",
    { APS_REGION: "x", APS_ENDPOINT: "" },
    2,
    /^settings +wrong +APS_REGION: "x" is not a known region/m,
  ],
  ["a speed that is none", { APS_SPEED: "fast" }, 2, /^speed +wrong /m],
])("aps doctor finds %s, and says the cure", async (_title, variables, code, line) => {
  const run = await start(["doctor"], { ...target.environment, ...variables }).ended;
  expect([run.code, run.out]).toEqual([code, expect.stringMatching(line)]);
  expect(run.out).toContain("-> ");
  expect(run.out + run.err).not.toContain(secret);
});
