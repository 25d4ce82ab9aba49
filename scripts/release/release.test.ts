import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Clone, copyWorkingTree } from "../pipeline-clone.ts";
import { runProgram } from "../programs.ts";

const run = promisify(execFile);
let clone: Clone;

beforeAll(async () => {
  clone = copyWorkingTree();
  const changeset = '---\n"@workspace-aps/client": minor\n---\n\nNames of images have at most 64 characters.\n';
  await writeFile(join(clone.folder, ".changeset", "shorter-names.md"), changeset);
  const who = ["-c", "user.name=t", "-c", "user.email=t@localhost"];
  await run("git", ["add", "--all"], { cwd: clone.folder });
  await run("git", [...who, "commit", "--quiet", "--message", "a change"], { cwd: clone.folder });
  await runProgram("changeset", ["version"], clone.folder);
  const program = join(clone.folder, "scripts", "release", "set-contract-version.ts");
  await run(process.execPath, [program], { cwd: clone.folder });
}, 60_000);
afterAll(() => clone.remove());

it("moves client, emulator, command line and contract to one version", async () => {
  const before = JSON.parse(await readFile(join(import.meta.dirname, "../../packages/client/package.json"), "utf8"));
  const [major, minor] = before.version.split(".").map(Number);
  const next = `${major}.${minor + 1}.0`;
  for (const name of ["client", "emulator", "cli"]) {
    const manifest = await readFile(join(clone.folder, "packages", name, "package.json"), "utf8");
    expect(JSON.parse(manifest).version).toBe(next);
  }
  for (const name of ["openapi.yaml", "iam.yaml"]) {
    expect(await readFile(join(clone.folder, "spec", name), "utf8")).toContain(`\n  version: ${next}\n`);
  }
});

it("writes the changelog, with a link to the commit that changed the contract", async () => {
  const changelog = await readFile(join(clone.folder, "packages", "client", "CHANGELOG.md"), "utf8");
  expect(changelog).toMatch(
    /- Names of images have at most 64 characters\. \(\[contract and code\]\(\.\.\/\.\.\/commit\/[0-9a-f]+\)\)/,
  );
});
