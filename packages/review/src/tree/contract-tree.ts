import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { promisify } from "node:util";
import type { Node } from "../document.ts";
import { bundled, inFolder, type ReadText, type SharedPages, Sources } from "./sources.ts";

const run = promisify(execFile);

/** The contract of one moment: its documents, and the files that they and the review are read from. */
export interface ContractTree {
  /** The documents, by the path of their root file. */
  readonly documents: ReadonlyMap<string, Node>;
  readonly sources: Sources;
  /** The text of a file; undefined where there is none. */
  text(file: string): string | undefined;
  /** The names of the files in a folder. */
  list(folder: string): readonly string[];
}

/** What is compared, and whether anything of it differs at all. */
export interface Contracts {
  readonly base: ContractTree;
  readonly here: ContractTree;
  readonly isSame: boolean;
}

/** The service itself. */
export const service = "spec/openapi.yaml";

const places = ["spec", ".changeset", "packages/client/src/index.ts"];

/**
 * The commit that a review compares with: where the history of the working tree left that of the reference. So a branch
 * is not blamed for what was merged into the other one since.
 *
 * @param ref anything that git understands: a branch, a tag, a commit.
 * @throws Error when the reference is unknown.
 */
export async function commitAt(repository: string, ref: string): Promise<string> {
  const commit = await git(repository, "rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`).catch(
    (cause) => {
      throw new Error(`--base ${ref}: git does not know it. Is it a branch, a tag or a commit, and is it fetched?`, {
        cause,
      });
    },
  );
  // Histories that have nothing in common, or a shallow clone: the reference itself.
  return git(repository, "merge-base", commit, "HEAD").catch(() => commit);
}

/**
 * The contract at a commit, and in the working tree.
 *
 * @throws Error when one of them has no contract, or cannot be put together.
 */
export async function contractsOf(repository: string, commit: string): Promise<Contracts> {
  const shared: SharedPages = new Map();
  const former = await filesAt(repository, commit);
  const onDisk: Files = {
    text: (file) => {
      const path = inFolder(repository, file);
      return existsSync(path) ? readFileSync(path, "utf8") : undefined;
    },
    list: (folder) => {
      const path = inFolder(repository, folder);
      return existsSync(path) ? readdirSync(path) : [];
    },
  };
  const base = treeOf(
    { text: (file) => (former.changed.has(file) ? former.changed.get(file) : onDisk.text(file)), list: former.list },
    shared,
    commit.slice(0, 10),
  );
  const isSame = ![...former.changed.keys()].some((file) => file.startsWith("spec/"));
  return { base, here: treeOf(onDisk, shared, "the working tree"), isSame };
}

type Files = Pick<ContractTree, "text" | "list">;

function treeOf(files: Files, shared: SharedPages, name: string): ContractTree {
  const read: ReadText = (file) => {
    const text = files.text(file);
    if (text === undefined) throw new Error(`${file} is not there, and something refers to it.`);
    return text;
  };
  const sources = new Sources(read, shared);
  const roots = files
    .list("spec")
    .filter((file) => file.endsWith(".yaml") && /^openapi:/m.test(files.text(`spec/${file}`) ?? ""))
    .map((file) => `spec/${file}`);
  if (!roots.includes(service)) throw new Error(`${name} has no ${service} to compare with.`);
  try {
    return { ...files, sources, documents: new Map(roots.map((root) => [root, bundled(sources, root)])) };
  } catch (cause) {
    throw new Error(`The contract of ${name} cannot be put together: ${(cause as Error).message}`, { cause });
  }
}

interface Former {
  /** Files that differ from those of the working tree: their text, or undefined where there was none. */
  readonly changed: ReadonlyMap<string, string | undefined>;
  readonly list: (folder: string) => readonly string[];
}

/** The files of a commit. Only those that differ are read from it. */
async function filesAt(repository: string, commit: string): Promise<Former> {
  const [tree, changed, untracked] = await Promise.all([
    git(repository, "ls-tree", "-r", "-z", "--name-only", commit, "--", ...places),
    git(repository, "diff", "--name-only", "--no-renames", "-z", commit, "--", ...places),
    git(repository, "ls-files", "--others", "--exclude-standard", "-z", "--", ...places),
  ]);
  const all = new Set(named(tree));
  const different = [...new Set([...named(changed), ...named(untracked)])];
  const texts = await Promise.all(
    different.map(async (file) => [file, all.has(file) ? await show(repository, commit, file) : undefined] as const),
  );
  const list = (folder: string) =>
    [...all].flatMap((file) => {
      const rest = file.startsWith(`${folder}/`) ? file.slice(folder.length + 1) : "/";
      return rest.includes("/") ? [] : [rest];
    });
  return { changed: new Map(texts), list };
}

function named(output: string): string[] {
  return output.split("\0").filter((name) => name !== "");
}

async function show(repository: string, commit: string, file: string): Promise<string> {
  const { stdout } = await run("git", ["cat-file", "blob", `${commit}:${file}`], {
    cwd: repository,
    maxBuffer: 64 << 20,
  });
  return stdout;
}

async function git(repository: string, ...args: string[]): Promise<string> {
  const { stdout } = await run("git", args, { cwd: repository, maxBuffer: 64 << 20 });
  return stdout.replace(/\n$/, "");
}
