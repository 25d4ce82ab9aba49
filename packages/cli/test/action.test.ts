import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";

const action = join(import.meta.dirname, "..", "action");
let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "aps-action-"));
  await mkdir(join(folder, "bin"));
  await command("aps", 'printf "<%s>" "$@"; echo; exit 8');
  await command("npm", 'mkdir -p "$RUNNER_TEMP/aps-1.2.3/bin"; echo "$@" > "$RUNNER_TEMP/npm"');
});
afterAll(() => rm(folder, { recursive: true }));

async function command(name: string, script: string): Promise<void> {
  await writeFile(join(folder, "bin", name), `#!/bin/sh\n${script}\n`);
  await chmod(join(folder, "bin", name), 0o755);
}

function run(script: string, environment: Record<string, string>): Promise<{ code: number; out: string }> {
  const env = {
    PATH: `${join(folder, "bin")}:${process.env.PATH}`,
    RUNNER_TEMP: folder,
    GITHUB_PATH: join(folder, "path"),
    GITHUB_OUTPUT: join(folder, "output"),
    ...environment,
  };
  return new Promise((resolve) => {
    const child = execFile("bash", [join(action, script)], { env }, (_, out) =>
      resolve({ code: child.exitCode ?? -1, out }),
    );
  });
}

test("the action names the scripts that are there", async () => {
  const { runs } = parse(await readFile(join(action, "action.yml"), "utf8")) as { runs: { steps: { run: string }[] } };
  for (const { run: line } of runs.steps) {
    const [, script = ""] = /\$ACTION\/(\S+)"/.exec(line) ?? [];
    expect(await readFile(join(action, script), "utf8")).toContain("set -");
  }
});

test("installs the version that was asked for, and puts it on the path", async () => {
  expect((await run("install.sh", { VERSION: "1.2.3" })).code).toBe(0);
  expect(await readFile(join(folder, "npm"), "utf8")).toContain("@workspace-aps/cli@1.2.3");
  expect(await readFile(join(folder, "path"), "utf8")).toBe(`${folder}/aps-1.2.3/bin\n`);
});

test("runs the words, expands nothing, and keeps the exit code and the result", async () => {
  const args = `image create --name 'a b' "c; d" $(touch x) $HOME --from\nl.csv`;
  const { code, out } = await run("run.sh", { ARGS: args });
  const words = "<image><create><--name><a b><c; d><$(touch><x)><$HOME><--from><l.csv>";
  expect([code, out]).toEqual([8, `${words}\n`]);
  const output = await readFile(join(folder, "output"), "utf8");
  expect(output).toMatch(/^exit-code=8\nresult<<(aps-\d+)\n<image>.*\n\1\n$/);
});
