import { execFile } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { type Clone, copyWorkingTree } from "../pipeline-clone.ts";
import { runProgram } from "../programs.ts";
import { publishedPackages } from "./published-packages.ts";
import { repositoryUrl } from "./repository.ts";

const run = promisify(execFile);
let clone: Clone;

beforeAll(async () => {
  clone = copyWorkingTree();
  const changeset = '---\n"@workspace-aps/client": minor\n---\n\nNames of images have at most 64 characters.\n';
  await writeFile(join(clone.folder, ".changeset", "shorter-names.md"), changeset);
  const who = ["-c", "user.name=t", "-c", "user.email=t@localhost"];
  await run("git", ["add", "--all"], { cwd: clone.folder });
  await run("git", [...who, "commit", "--quiet", "--message", "a change"], { cwd: clone.folder });
  // In a workflow GitHub says where the repository is; this is about a maintainer's clone.
  vi.stubEnv("GITHUB_REPOSITORY", undefined);
  // As in a clone by SSH; the account's name is no part of an address on the web.
  await run("git", ["remote", "add", "origin", "git@example.com:owner/name.git"], { cwd: clone.folder });
  await runProgram("changeset", ["version"], clone.folder);
  const program = join(clone.folder, "scripts", "release", "set-contract-version.ts");
  await run(process.execPath, [program], { cwd: clone.folder });
});
afterAll(() => clone.remove());

it("moves every published package and the contract to one version", async () => {
  const before = JSON.parse(await readFile(join(import.meta.dirname, "../../packages/client/package.json"), "utf8"));
  const [major, minor] = before.version.split(".").map(Number);
  const next = `${major}.${minor + 1}.0`;
  expect(publishedPackages()).toEqual(["cli", "client", "emulator", "fleet"]);
  for (const name of publishedPackages()) {
    const manifest = await readFile(join(clone.folder, "packages", name, "package.json"), "utf8");
    expect(JSON.parse(manifest).version).toBe(next);
  }
  for (const name of ["openapi.yaml", "iam.yaml", "ims.yaml"]) {
    expect(await readFile(join(clone.folder, "spec", name), "utf8")).toContain(`\n  version: ${next}\n`);
  }
});

it("writes the changelog, with a link to the commit that changed the contract", async () => {
  const changelog = await readFile(join(clone.folder, "packages", "client", "CHANGELOG.md"), "utf8");
  expect(changelog).toMatch(
    /- Names of images have at most 64 characters\. \(\[contract and code\]\(https:\/\/example\.com\/owner\/name\/commit\/[0-9a-f]+\)\)/,
  );
});

it.each([
  ["https://user:secret@example.com/owner/name.git", "https://example.com/owner/name"],
  ["ssh://git@example.com:22/owner/name.git", "https://example.com/owner/name"],
  ["git@example.com:owner/name", "https://example.com/owner/name"],
  ["/home/somebody/name", undefined],
])("takes from the remote %s the address %s", async (remote, expected) => {
  await run("git", ["remote", "set-url", "origin", remote], { cwd: clone.folder });
  expect(repositoryUrl(clone.folder, {})).toBe(expected);
});

it("names the repository in every package, which npm holds against the provenance", async () => {
  const program = join(clone.folder, "scripts", "release", "name-repository.ts");
  const github = { GITHUB_SERVER_URL: "https://github.example", GITHUB_REPOSITORY: "owner/name" };
  await run(process.execPath, [program], { cwd: clone.folder, env: { ...process.env, ...github } });
  const manifest = JSON.parse(await readFile(join(clone.folder, "packages", "cli", "package.json"), "utf8"));
  expect(manifest.repository).toEqual({
    type: "git",
    url: "git+https://github.example/owner/name.git",
    directory: "packages/cli",
  });
});
