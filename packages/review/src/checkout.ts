import { execFile } from "node:child_process";
import { mkdtemp, readFile, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { promisify } from "node:util";
import { runProgram } from "../../../scripts/programs.ts";
import type { Contract } from "./review.ts";

const run = promisify(execFile);

/** The contract of one moment, with the folder that it was read from. */
export interface ContractTree {
  /** The repository's folder: the working tree, or a copy of an earlier one. */
  readonly root: string;
  /** The service, `spec/openapi.yaml`. */
  readonly aps: Contract;
  /** The calls that lead to it, `spec/iam.yaml`. */
  readonly iam: Contract;
}

/**
 * The commit that a review compares with: where the history of the working tree left that of the reference. So a branch
 * is not blamed for what was merged into the other one since.
 *
 * @param ref anything that git understands: a branch, a tag, a commit.
 * @throws Error when the reference is unknown.
 */
export async function commitAt(repository: string, ref: string): Promise<string> {
  const git = async (...args: string[]) => (await run("git", args, { cwd: repository })).stdout.trim();
  const commit = await git("rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`).catch((cause) => {
    throw new Error(`--base ${ref}: git does not know it. Is it a branch, a tag or a commit, and is it fetched?`, {
      cause,
    });
  });
  // Histories that have nothing in common, or a shallow clone: the reference itself.
  return git("merge-base", commit, "HEAD").catch(() => commit);
}

/**
 * Writes the contract of an earlier commit to a folder of its own.
 *
 * @throws Error when the commit has no contract.
 */
export async function contractAt(repository: string, commit: string): Promise<ContractTree & AsyncDisposable> {
  const root = await temporaryFolder("aps-base-");
  const archive = join(root, "base.tar");
  // An earlier state may lack some of these, which `git archive` alone would refuse.
  const { stdout } = await run("git", ["ls-tree", "-r", "--name-only", commit, "--", ...files], { cwd: repository });
  const found = stdout.split("\n").filter((file) => file !== "");
  if (!["spec/openapi.yaml", "spec/iam.yaml"].every((file) => found.includes(file))) {
    await rm(root, { recursive: true });
    throw new Error(`${commit.slice(0, 10)} has no spec/openapi.yaml and spec/iam.yaml to compare with.`);
  }
  const there = files.filter((file) => found.some((name) => name === file || name.startsWith(`${file}/`)));
  await run("git", ["archive", "--output", archive, commit, "--", ...there], { cwd: repository });
  await run("tar", ["-xf", "base.tar"], { cwd: root });
  return { ...(await contractIn(root, root)), [Symbol.asyncDispose]: () => rm(root, { recursive: true }) };
}

const files = ["spec", "packages/client/src/index.ts", ".changeset"];

/** The contract as it is in the working tree. */
export async function contractHere(repository: string): Promise<ContractTree & AsyncDisposable> {
  const folder = await temporaryFolder("aps-here-");
  return { ...(await contractIn(repository, folder)), [Symbol.asyncDispose]: () => rm(folder, { recursive: true }) };
}

async function contractIn(root: string, output: string): Promise<ContractTree> {
  const descriptions = ["openapi", "iam"].map((name) => join(root, "spec", `${name}.yaml`));
  // In a folder without a configuration no rule and no plugin of that time is needed.
  await runProgram("redocly", ["bundle", ...descriptions, "--ext", "json", "--output", output], output).catch(
    ({ stderr }) => {
      throw new Error(`The contract in ${root} cannot be put together:\n${String(stderr).trim()}`);
    },
  );
  const [aps, iam] = await Promise.all(
    descriptions.map(async (description) => {
      const bundle = join(output, `${basename(description, ".yaml")}.json`);
      return { description, bundle: JSON.parse(await readFile(bundle, "utf8")) };
    }),
  );
  if (aps === undefined || iam === undefined) throw new Error("A contract is two documents.");
  return { root, aps, iam };
}

/** A folder under its real name, because tools print real names. */
async function temporaryFolder(prefix: string): Promise<string> {
  return realpath(await mkdtemp(join(tmpdir(), prefix)));
}
