import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { publishedPackages } from "../../../scripts/release/published-packages.ts";

const run = promisify(execFile);
const repository = join(import.meta.dirname, "..", "..", "..");

/** A repository with the contract of today as its only commit, for tests to change. */
export interface ScratchRepository {
  readonly root: string;
  git(...args: string[]): Promise<void>;
  commit(message: string): Promise<void>;
  /** Replaces a text in a file, which must be there. */
  replace(file: string, from: string | RegExp, to: string): Promise<void>;
  write(file: string, text: string): Promise<void>;
  /** Adds a changeset. */
  announce(bump: string, name?: string): Promise<void>;
  /** Puts everything back as it was at the first commit. */
  reset(): Promise<void>;
  remove(): Promise<void>;
}

/** A repository with the contract of this one at its first commit, in a folder of its own. */
export async function createScratchRepository(): Promise<ScratchRepository> {
  const root = await mkdtemp(join(tmpdir(), "aps-review-test-"));
  const skip = /[\\/](node_modules|dist)$/;
  await cp(join(repository, "spec"), join(root, "spec"), { recursive: true, filter: (path) => !skip.test(path) });
  await symlink(join(repository, "node_modules"), join(root, "node_modules"), "junction");
  const manifests = publishedPackages().map((name) => `${name}/package.json`);
  for (const file of [...manifests, "client/src/index.ts"]) {
    await cp(join(repository, "packages", file), join(root, "packages", file));
  }
  await writeFile(join(root, ".gitignore"), "node_modules\n");
  const git = async (...args: string[]) => {
    await run("git", ["-c", "user.name=t", "-c", "user.email=t@localhost", ...args], { cwd: root });
  };
  const commit = async (message: string) => {
    await git("add", ".");
    await git("commit", "--quiet", "--message", message);
  };
  const write = async (file: string, text: string) => {
    await mkdir(join(root, file, ".."), { recursive: true });
    await writeFile(join(root, file), text);
  };
  await git("init", "--quiet");
  await commit("base");
  await git("tag", "base");
  return {
    root,
    git,
    commit,
    write,
    async replace(file, from, to) {
      const text = await readFile(join(root, file), "utf8");
      const changed = text.replace(from, () => to);
      if (changed === text) throw new Error(`${file} has no ${from} to replace.`);
      await write(file, changed);
    },
    announce: (bump, name = "client") =>
      write(`.changeset/${name}-${bump}.md`, `---\n"@workspace-aps/${name}": ${bump}\n---\n\nShorter names.\n`),
    async reset() {
      await git("reset", "--quiet", "--hard", "base");
      await git("clean", "--quiet", "-d", "--force");
    },
    remove: () => rm(root, { recursive: true }),
  };
}
