import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { reviewTree } from "./review-tree.ts";

const repository = join(import.meta.dirname, "..", "..");
const run = promisify(execFile);
const limit = "spec/components/schemas/RecreateServerImageRequest.yaml";
const as = ["-c", "user.name=t", "-c", "user.email=t@localhost"];
let root: string;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "aps-review-test-"));
  const skip = /[\\/](node_modules|dist)$/;
  await cp(join(repository, "spec"), join(root, "spec"), { recursive: true, filter: (path) => !skip.test(path) });
  await symlink(join(repository, "node_modules"), join(root, "node_modules"));
  for (const file of ["client/package.json", "emulator/package.json", "cli/package.json", "client/src/index.ts"]) {
    await cp(join(repository, "packages", file), join(root, "packages", file));
  }
  await writeFile(join(root, ".gitignore"), "node_modules\n");
  await git("init", "--quiet");
  await git("add", ".");
  await git(...as, "commit", "--quiet", "--message", "base");
}, 60_000);
afterAll(() => rm(root, { recursive: true }));
beforeEach(async () => {
  await git("checkout", "--quiet", ".");
  await git("clean", "--quiet", "-d", "--force");
});

it("passes a contract that says the same", async () => {
  const { code, out } = await review();
  expect(out).toMatch(/The contract says the same as at `HEAD` \([0-9a-f]{10}\)\. Passed\./);
  expect(code).toBe(0);
}, 60_000);

it("fails a tightened limit: the line, the method, the page and the version that it demands", async () => {
  await tighten();
  const { code, out } = await review();
  expect(code).toBe(1);
  expect(out).toMatch(/`maxLength` of `name` changed from `128` to `64`. `spec\/\S+Request.yaml:\d+`/);
  expect(out).toContain("`client.recreateServerImage`");
  expect(out).toContain("`/reference/recreate-server-image/`");
  expect(out).toContain("These changes demand a minor version, and nothing is announced. Run npx changeset");
  expect(out).toContain("What this review does not see");
}, 60_000);

it("annotates the line for GitHub, and writes JSON", async () => {
  await tighten();
  const github = await review("--format", "github");
  expect(github.out).toMatch(
    new RegExp(`^::error file=${limit},line=\\d+,title=breaking%3A schema-constraint-changed::`, "m"),
  );
  const { out } = await review("--format", "json");
  expect(JSON.parse(out)).toMatchObject({ passed: false, verdict: "breaking", demandedBump: "minor" });
}, 60_000);

it("passes it once a changeset announces it", async () => {
  await tighten();
  await announce("minor");
  expect((await review()).code).toBe(0);
}, 60_000);

it.each([
  ["2999-12-31", 0],
  ["2020-01-01", 1],
])(
  "lets it through with a reason until %s: %i",
  async (until, expected) => {
    await tighten();
    const exception = {
      rule: "schema-constraint-changed",
      pointer: "#/paths/~1v1~1{project_id}~1image-servers~1{server_id}~1actions~1recreate-image",
      reason: "The service never took more.",
      until,
    };
    await mkdir(join(root, "spec", "exceptions"));
    await writeFile(join(root, "spec", "exceptions", "names.json"), JSON.stringify(exception));
    await announce("patch");
    const { code, out } = await review();
    expect(code).toBe(expected);
    expect(out.includes("Let through until 2999-12-31: The service never took more.")).toBe(expected === 0);
  },
  60_000,
);

it("fails when the linter does", async () => {
  await replace(limit, "maxLength: 128", "maxLenght: 128");
  const { code, out } = await review();
  expect(code).toBe(1);
  expect(out).toContain("### Linter");
}, 60_000);

it("names every operation that a shared component is part of, and the overviews that list it", async () => {
  await replace("spec/components/parameters/Limit.yaml", "maximum: 100", "maximum: 50");
  const report = await reviewed();
  expect(report.changes[0]).toMatchObject({
    verdict: "breaking",
    says: "`limit`: Upper bound changed from `<= 100` to `<= 50`.",
    operations: ["ListImageServers", "ListImageJobs", "ListImageSubJobs"],
  });
  expect(report.pages).toContain("/limits/");
}, 60_000);

it("says in which line a fact of an extension stands, and which tasks follow it", async () => {
  await replace("spec/job.yaml", "intervalSeconds: 30", "intervalSeconds: 60");
  const { changes, methods } = await reviewed();
  const line = (await readFile(join(root, "spec/job.yaml"), "utf8")).split("\n").indexOf("  intervalSeconds: 60") + 1;
  expect(changes).toMatchObject([{ verdict: "risky", source: { file: "spec/job.yaml", line } }]);
  expect(methods).toContain("waitForImageJob");
}, 60_000);

it("reviews the document of IAM as well", async () => {
  await replace("spec/iam.yaml", "  /v3/projects:", "  /v3/regions:");
  const { verdict, changes } = await reviewed();
  expect(verdict).toBe("breaking");
  expect(changes[0]).toMatchObject({ pointer: "iam.yaml#/paths/~1v3~1regions", source: { file: "spec/iam.yaml" } });
}, 60_000);

it("finds an export of the client that went away", async () => {
  await replace("packages/client/src/index.ts", "export { TimeoutError }", "export { TimeoutError as TimedOutError }");
  const { changes, passed } = await reviewed();
  expect(changes).toMatchObject([{ verdict: "breaking", says: "The client no longer exports `TimeoutError`." }]);
  expect(passed).toBe(false);
}, 60_000);

it("wants a changeset of its own for a change that callers must read about", async () => {
  await announce("minor");
  await git("add", ".");
  await git(...as, "commit", "--quiet", "--message", "another change, announced");
  await tighten();
  const { versionProblems } = await reviewed();
  await git("reset", "--quiet", "--hard", "HEAD~1");
  expect(versionProblems).toEqual([expect.stringContaining("the changelog would still say nothing about this one")]);
}, 60_000);

it("takes a changeset of a package that is not released for none", async () => {
  await tighten();
  await announce("minor", "docs");
  expect((await reviewed()).versionProblems).toEqual([expect.stringContaining("nothing is announced")]);
}, 60_000);

it("fails when a package or the document of IAM has another version, whatever else changed", async () => {
  await replace("packages/cli/package.json", /"version": ".*"/, '"version": "9.9.9"');
  await replace("spec/iam.yaml", /^ {2}version: .*$/m, "  version: 8.8.8");
  const { passed, versionProblems } = await reviewed();
  expect(versionProblems.join("\n")).toMatch(/packages\/cli\/package.json has version 9\.9\.9, spec\/openapi.yaml/);
  expect(versionProblems.join("\n")).toMatch(/spec\/iam.yaml has version 8\.8\.8/);
  expect(passed).toBe(false);
}, 60_000);

it("compares with where the branch began, not with what was merged since", async () => {
  await git("branch", "began");
  await replace("spec/components/parameters/Limit.yaml", "maximum: 100", "maximum: 200");
  await git(...as, "commit", "--quiet", "--all", "--message", "a wider limit, on main");
  await git("branch", "--force", "upstream");
  await git("reset", "--quiet", "--hard", "began");
  expect(await reviewed("upstream")).toMatchObject({ verdict: "unchanged", passed: true });
}, 60_000);

it("says what is wrong with an exception, and which ones are of no use", async () => {
  const folder = join(root, "spec", "exceptions");
  const exception = { rule: "r", pointer: "#/paths", reason: "None.", until: "2999-12-31" };
  const given = (change: object) => writeFile(join(folder, "one.json"), JSON.stringify({ ...exception, ...change }));
  await mkdir(folder);
  for (const [change, message] of [
    [{ until: "2026-02-30" }, '"until" must be a day as YYYY-MM-DD; given was "2026-02-30".'],
    [{ rule: undefined }, '"rule" must be a text; given was nothing.'],
    [{ pointer: "/paths" }, '"pointer" must be a JSON pointer'],
    [{ untill: "2026-02-03" }, '"untill" is no field of an exception.'],
  ] as const) {
    await given(change);
    await expect(reviewed()).rejects.toThrow(`spec/exceptions/one.json: ${message}`);
  }
  await writeFile(join(folder, "one.json"), "{");
  expect(await review()).toMatchObject({
    code: 2,
    err: expect.stringContaining("spec/exceptions/one.json is no JSON"),
  });
  await given({});
  expect((await reviewed()).idleExceptions).toEqual([expect.stringContaining("covers no change against this base")]);
  await given({ until: "2020-01-01" });
  expect((await reviewed()).idleExceptions).toEqual([expect.stringContaining("ended on 2020-01-01")]);
}, 60_000);

it("lets through what it covers and nothing else", async () => {
  await tighten();
  await replace("spec/components/parameters/Limit.yaml", "maximum: 100", "maximum: 50");
  await mkdir(join(root, "spec", "exceptions"));
  const exception = {
    rule: "schema-constraint-changed",
    pointer: "#/paths/~1v1~1{project_id}~1image-servers~1{server_id}~1actions~1recreate-image",
    reason: "The service never took more.",
    until: "2999-12-31",
  };
  await writeFile(join(root, "spec", "exceptions", "names.json"), JSON.stringify(exception));
  await announce("patch");
  expect(await reviewed()).toMatchObject({ passed: false, demandedBump: "minor" });
  await git("checkout", "--quiet", "spec/components/parameters");
  expect(await reviewed()).toMatchObject({ passed: true, demandedBump: "patch" });
}, 60_000);

it("shows values and reasons as they are, whatever Markdown would make of them", async () => {
  await replace(limit, /pattern: .*/, 'pattern: "^[*_`<b>|]+$"');
  const { out } = await review();
  // A code span that holds a backtick stands in two of them.
  expect(out).toContain("to `` ^[*_`<b>|]+$ ``.");
}, 60_000);

it("says in one line what is wrong with its options", async () => {
  for (const [args, message] of [
    [["--base", "nonsense"], "--base nonsense: git does not know it. Is it a branch, a tag or a commit"],

    [["--format", "pdf"], '--format must be markdown, github or json; given was "pdf".'],
    [["--frobnicate"], "Unknown option '--frobnicate'"],
  ] as const) {
    const { code, out, err } = await review(...args);
    expect(err).toContain(`spec:review: ${message}`.slice(0, 40));
    expect(err).toContain(message);
    expect([code, out]).toEqual([2, ""]);
  }
}, 60_000);

it("writes Markdown to a file beside what it prints", async () => {
  const file = join(root, "review.md");
  const { out } = await review("--format", "github", "--output", file);
  expect(out).toBe("");
  expect(await readFile(file, "utf8")).toMatch(/^## Review of the contract/);
}, 60_000);

async function announce(bump: string, name = "client"): Promise<void> {
  await mkdir(join(root, ".changeset"), { recursive: true });
  const text = `---\n"@workspace-aps/${name}": ${bump}\n---\n\nShorter names.\n`;
  await writeFile(join(root, ".changeset", `${name}-${bump}.md`), text);
}

const tighten = () => replace(limit, "maxLength: 128", "maxLength: 64");

async function replace(file: string, from: string | RegExp, to: string): Promise<void> {
  const path = join(root, file);
  const text = await readFile(path, "utf8");
  const changed = text.replace(from, () => to);
  expect(changed).not.toBe(text);
  await writeFile(path, changed);
}

/** The review before it is printed. */
const reviewed = (base = "HEAD") => reviewTree(root, base);

async function review(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const program = join(import.meta.dirname, "main.ts");
  return run(process.execPath, [program, "--base", "HEAD", ...args, "--root", root]).then(
    ({ stdout, stderr }) => ({ code: 0, out: stdout, err: stderr }),
    ({ code, stdout, stderr }) => ({ code, out: stdout, err: stderr }),
  );
}

async function git(...args: string[]): Promise<void> {
  await run("git", args, { cwd: root });
}
