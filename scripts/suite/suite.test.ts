import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { runProgram } from "../programs.ts";
import { workingFiles } from "../working-files.ts";
import { duration, processorSeconds } from "./figures.ts";
import { roundsOf } from "./rounds.ts";
import { skippedMark } from "./skipped-reporter.ts";
import { writableHome } from "./writable-home.ts";

const root = join(import.meta.dirname, "..", "..");

describe("a run of the tests", () => {
  let folder: string;
  beforeAll(async () => {
    // Inside the repository, where vitest is found.
    folder = await mkdtemp(join(root, ".turbo", "suite-"));
    const tests = join(import.meta.dirname, "tests.ts");
    await writeFile(join(folder, "package.json"), '{ "type": "module" }');
    await writeFile(
      join(folder, "vitest.config.ts"),
      `import { testsOf } from ${JSON.stringify(tests)};\nexport default testsOf({ folders: ["."] });\n`,
    );
    await writeFile(
      join(folder, "a.test.ts"),
      `import { mkdtempSync } from "node:fs";
      import { tmpdir } from "node:os";
      import { it } from "vitest";
      it("passes", () => console.log("folder:", mkdtempSync(tmpdir() + "/left-")));
      it("completes in fish", ({ skip }) => skip("no fish"));
      it.skipIf(true)("completes in zsh", () => {});`,
    );
  });
  afterAll(() => rm(folder, { recursive: true }));

  it("says in one line what it skipped, by its reason or its name, and leaves no temporary files", async () => {
    const { stdout } = await runProgram("vitest", ["run"], folder);
    expect(stdout).toContain(`\n${skippedMark}no fish; completes in zsh\n`);
    const [, left = ""] = /folder: (.+)/.exec(stdout) ?? [];
    expect(left).toContain("left-");
    expect(existsSync(left)).toBe(false);
  });
});

describe("the suite", () => {
  it("tries more of files that are there", async () => {
    const configs = workingFiles().filter((file) => file.endsWith("/vitest.config.ts"));
    const listed = await Promise.all(
      configs.map(async (file) => {
        const [, list = ""] = /alsoLong: \[([^\]]*)\]/.exec(await readFile(join(root, file), "utf8")) ?? [];
        return [...list.matchAll(/"([^"]+)"/g)].map(([, name = ""]) => join(dirname(file), name));
      }),
    );
    const files = workingFiles();
    expect(listed.flat().length).toBeGreaterThan(5);
    expect(listed.flat().filter((file) => !files.includes(file))).toEqual([]);
  });

  it("refuses a name that it does not know", async () => {
    const run = promisify(execFile)(process.execPath, [join(import.meta.dirname, "main.ts"), "everything"]);
    await expect(run).rejects.toMatchObject({ code: 2, stderr: expect.stringContaining("test and soak and soak:ci") });
  });

  it("gives no test a limit of its own, nor a retry", async () => {
    const ownLimit = /testTimeout|hookTimeout|\bretry: \d|^\s*\},? [\d_]+\);$/m;
    const tests = workingFiles().filter(
      (file) => /\.(test|soak)\.ts$|(^|\/)vitest[^/]*\.config\.ts$/.test(file) && !file.startsWith("scripts/suite/"),
    );
    const texts = await Promise.all(tests.map((file) => readFile(join(root, file), "utf8")));
    expect(tests.length).toBeGreaterThan(80);
    expect(tests.filter((_, index) => ownLimit.test(texts[index] ?? ""))).toEqual([]);
    expect(ownLimit.test("  });\n}, 60_000);")).toBe(true);
  });
});

it("keeps the home folder, and lends another where it cannot be written", () => {
  expect(writableHome(root)).toBe(root);
  expect(writableHome(join(root, "no such folder"))).toBe(join(root, ".turbo", "home"));
});

it("says times as somebody reads them", () => {
  expect([4.24, 59.9, 192].map(duration)).toEqual(["4.2 s", "59.9 s", "3 min 12 s"]);
});

it.runIf(process.platform === "linux")("counts the processor time of this process and what it started", async () => {
  const before = (await processorSeconds()) ?? 0;
  const busy = "const end = Date.now() + 300; while (Date.now() < end);";
  await promisify(execFile)(process.execPath, ["--eval", busy]);
  expect((await processorSeconds()) ?? 0).toBeGreaterThan(before);
});

describe("the rounds of a seeded test", () => {
  afterEach(() => vi.unstubAllEnvs());

  it("are a share of all in the long part, and never fewer than in the usual one", () => {
    vi.stubEnv("SOAK_SHARE", "0.05");
    expect(["soak", "test"].map((mode) => roundsOf({ usual: 40, long: 10_000 }, mode))).toEqual([500, 40]);
    expect(roundsOf({ usual: 40, long: 100 }, "soak")).toBe(40);
  });

  it.each(["5%", "2", "-1"])("are refused where the share is %s, which would try nothing, or too much", (share) => {
    vi.stubEnv("SOAK_SHARE", share);
    expect(() => roundsOf({ usual: 1, long: 5 }, "soak")).toThrow(`a number from 0 to 1; given was "${share}"`);
  });
});
