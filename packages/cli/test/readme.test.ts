import { spawn } from "node:child_process";
import { cp, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { environmentVariables } from "@workspace-aps/client";
import { defaultWorld } from "@workspace-aps/emulator";
import { expect, test } from "vitest";
import { connectionOptions, variableOf } from "../src/arguments/option.ts";
import { topics } from "../src/help/topics.ts";
import { catalogue } from "../src/program/catalogue.ts";
import { exitCode } from "../src/program/exit-code.ts";
import { projectId, startTarget } from "./aps.ts";
import { folderWithProgram } from "./terminal.ts";

const folder = join(import.meta.dirname, "..");
const readme = await readFile(join(folder, "README.md"), "utf8");
const samples = [...readme.matchAll(/<!-- packages\/cli\/(\S+) -->\n```\w+\n([\s\S]*?)```/g)].map(
  ([, file = "", text = ""]) => ({ file, text }),
);

test("shows files of this package, to the letter", async () => {
  expect(samples.map(({ file }) => file)).toEqual([
    "examples/one-image.sh",
    "examples/look-around.sh",
    "examples/servers.csv",
    "examples/many-images.sh",
    "examples/golden.yaml",
  ]);
  for (const { file, text } of samples) expect(text).toBe(await readFile(join(folder, file), "utf8"));
});

test.each(samples.filter(({ file }) => file.endsWith(".sh")))("shows commands that run: $file", async ({ file }) => {
  const servers = [...defaultWorld.servers, { id: "cad", projectId, name: "cad" }];
  await using target = await startTarget({ jobs: "clock", speed: 250, world: { ...defaultWorld, servers } });
  const home = await folderWithProgram();
  await cp(join(folder, "examples"), home, { recursive: true });
  const { stdout, stderr, status } = await run(home, file.replace("examples/", ""), target.environment);
  expect([status, stderr]).toEqual([0, expect.not.stringContaining("aps:")]);
  if (file.endsWith("one-image.sh")) {
    const shown = /```\n(job[\s\S]*?)```/.exec(readme)?.[1] ?? "";
    expect(stdout.replaceAll(/[0-9a-f-]{18,}/g, "ID")).toBe(shown.replaceAll(/[0-9a-f-]{18,}/g, "ID"));
  }
  await rm(home, { recursive: true });
});

test("the commands that it names exist, with their options", async () => {
  const all = await catalogue();
  const named = [...readme.matchAll(/`(aps [a-z][^`]*)`/g)].map(([, text = ""]) => text.replaceAll("\\|", "|"));
  expect(named.length).toBeGreaterThan(15);
  for (const text of named) {
    const [, noun = "", verbs = "", ...rest] = text.split(" ");
    if (noun === "help") {
      expect(topics, text).toHaveProperty(verbs);
      continue;
    }
    for (const verb of verbs.split("|")) {
      const info = all.find(({ words }) => words === noun || words === `${noun} ${verb}`);
      expect(info, text).toBeDefined();
      const names = info?.words === "emulator" ? [] : [...(info?.options ?? []), ...(info?.flags ?? [])];
      for (const [, option] of rest.join(" ").matchAll(/--([a-z-]+)/g))
        if (names.length > 0)
          expect(
            names.map(({ name }) => name),
            text,
          ).toContain(option);
    }
  }
});

test("names every command, every option of the connection, every variable and every exit code", async () => {
  const table = readme.replaceAll("\\|", "|");
  for (const { words } of await catalogue()) {
    const [noun, verb] = words.split(" ");
    expect(table).toMatch(new RegExp(`aps ${noun}${verb === undefined ? "" : ` (\\S*\\|)?${verb}\\b`}`));
  }
  for (const { name } of connectionOptions) {
    expect(table).toContain(`\`--${name}\``);
    expect(table).toContain(`\`${variableOf(name)}\``);
  }
  for (const name of Object.values(environmentVariables).filter((name) => /AK|SK|SECURITY/.test(name)))
    expect(table).toContain(name);
  for (const code of Object.values(exitCode)) expect(table).toContain(`| ${code} |`);
});

function run(cwd: string, script: string, environment: Readonly<Record<string, string>>) {
  return new Promise<{ stdout: string; stderr: string; status: number | null }>((resolve) => {
    const child = spawn("sh", ["-eu", script], {
      cwd,
      env: { ...environment, PATH: `${join(cwd, "bin")}:${process.env.PATH}`, APS_SPEED: "250", HOME: cwd },
    });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (text) => {
      stdout += text;
    });
    child.stderr.on("data", (text) => {
      stderr += text;
    });
    child.on("close", (status) => resolve({ stdout, stderr, status }));
  });
}
