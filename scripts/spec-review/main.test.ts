import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";

const repository = join(import.meta.dirname, "..", "..");
const run = promisify(execFile);
const limit = "spec/components/schemas/RecreateServerImageRequest.yaml";
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
  await git("-c", "user.name=t", "-c", "user.email=t@localhost", "commit", "--quiet", "--message", "base");
}, 60_000);
afterAll(() => rm(root, { recursive: true }));
beforeEach(async () => {
  await git("checkout", "--quiet", ".");
  await git("clean", "--quiet", "-d", "--force");
});

it("passes a contract that says the same", async () => {
  const { code, out } = await review();
  expect(out).toContain("The contract says the same as at `HEAD`.");
  expect(code).toBe(0);
}, 60_000);

it("fails a tightened limit: the line, the method, the page and the version that it demands", async () => {
  await tighten();
  const { code, out } = await review();
  expect(code).toBe(1);
  expect(out).toMatch(/`maxLength` of `name` changed from '128' to '64'. `spec\/\S+Request.yaml:\d+`/);
  expect(out).toContain("`client.recreateServerImage`");
  expect(out).toContain("`/reference/recreate-server-image/`");
  expect(out).toContain("Add a changeset that says minor (npx changeset); announced is: none.");
  expect(out).toContain("What this review does not see");
}, 60_000);

it("annotates the line for GitHub, and writes JSON", async () => {
  await tighten();
  const github = await review("--format", "github");
  expect(github.out).toMatch(
    new RegExp(`^::error file=${limit},line=\\d+,title=schema-constraint-changed::Breaking: `),
  );
  const { out } = await review("--format", "json");
  expect(JSON.parse(out)).toMatchObject({ passed: false, verdict: "breaking", demandedBump: "minor" });
}, 60_000);

it("passes it once a changeset announces it", async () => {
  await tighten();
  await mkdir(join(root, ".changeset"));
  await writeFile(
    join(root, ".changeset", "shorter-names.md"),
    '---\n"@workspace-aps/client": minor\n---\n\nShorter names.\n',
  );
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
    const { code, out } = await review();
    expect(code).toBe(expected);
    expect(out.includes("Let through until 2999-12-31: The service never took more.")).toBe(expected === 0);
  },
  60_000,
);

it("fails when the linter does", async () => {
  const path = join(root, limit);
  await writeFile(path, (await readFile(path, "utf8")).replace("maxLength: 128", "maxLenght: 128"));
  const { code, out } = await review();
  expect(code).toBe(1);
  expect(out).toContain("### Linter");
}, 60_000);

it("says which reference it cannot read", async () => {
  const { code, err } = await review("--base", "nonsense");
  expect(code).toBe(2);
  expect(err).toMatch(/^spec:review: --base nonsense: git cannot read the contract of it/);
}, 60_000);

async function tighten(): Promise<void> {
  const path = join(root, limit);
  await writeFile(path, (await readFile(path, "utf8")).replace("maxLength: 128", "maxLength: 64"));
}

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
