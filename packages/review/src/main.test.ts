import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { createScratchRepository, type ScratchRepository } from "./scratch-repository.ts";

const run = promisify(execFile);
const limit = "spec/components/schemas/RecreateServerImageRequest.yaml";
let repository: ScratchRepository;

beforeAll(async () => {
  repository = await createScratchRepository();
});
afterAll(() => repository.remove());
beforeEach(() => repository.reset());

it("passes a contract that says the same", async () => {
  const { code, out } = await review();
  expect(out).toMatch(
    /^## Nothing changes for callers\. Passed\.\n\nThe contract says the same as at `HEAD` \([0-9a-f]{10}\)\.$/m,
  );
  expect(code).toBe(0);
});

it("fails a tightened limit: annotates its line for GitHub, and writes the comment beside", async () => {
  await repository.replace(limit, "maxLength: 128", "maxLength: 64");
  const [file, page] = ["review.md", "review.html"].map((name) => join(repository.root, name)) as [string, string];
  const { code, out } = await review("--format", "github", "--output", file, "--html", page);
  expect(code).toBe(1);
  expect(out).toMatch(new RegExp(`^::error file=${limit},line=\\d+,title=breaking%3A request-limit-narrowed::`, "m"));
  const comment = await readFile(file, "utf8");
  expect(comment).toMatch(/^## This breaks callers\. Not passed\.\n/);
  expect(comment).toContain(
    "### What callers have to do\n\n- Check what you send as `name` against what is accepted now.",
  );
  expect(comment).toMatch(
    /^- RecreateServerImage: `name`: `maxLength` was `128`, is `64`. `spec\/\S+Request.yaml:\d+`/m,
  );
  expect(comment).toContain("`client.recreateServerImage`");
  expect(comment).toContain("`/reference/recreate-server-image/`");
  expect(comment).toContain("These changes demand a minor version, and nothing is announced. Run npx changeset");
  expect(comment).toContain("What this review does not see");
  const offline = await readFile(page, "utf8");
  expect(offline).toMatch(
    /<h1>This breaks callers\. Not passed\.<\/h1>[\s\S]*<code>maxLength<\/code> was <code>128<\/code>/,
  );
  expect(offline).not.toMatch(/<script|(src|href)=|https?:\/\//);
});

it("passes it once a changeset announces it, and says so as JSON", async () => {
  await repository.replace(limit, "maxLength: 128", "maxLength: 64");
  await repository.announce("minor");
  const { code, out } = await review("--format", "json");
  expect(JSON.parse(out)).toMatchObject({ passed: true, verdict: "breaking", demandedBump: "minor" });
  expect(code).toBe(0);
});

it.each([
  [["--base", "nonsense"], "--base nonsense: git does not know it. Is it a branch, a tag or a commit"],
  [["--format", "pdf"], '--format must be markdown, github, json or html; given was "pdf".'],
  [["--frobnicate"], "Unknown option '--frobnicate'"],
])("says in one line what is wrong with %j", async (args, message) => {
  const { code, out, err } = await review(...args);
  expect(err.startsWith(`spec:review: ${message}`)).toBe(true);
  expect([code, out]).toEqual([2, ""]);
});

async function review(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const program = join(import.meta.dirname, "main.ts");
  return run(process.execPath, [program, "--base", "HEAD", ...args, "--root", repository.root]).then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr }),
    ({ code, stdout, stderr }) => ({ code, out: stdout, err: stderr }),
  );
}
