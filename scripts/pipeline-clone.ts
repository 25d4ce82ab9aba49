import { execFileSync } from "node:child_process";
import {
  copyFileSync,
  type Dirent,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  symlinkSync,
} from "node:fs";
import { rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { workingFiles } from "./working-files.ts";

const root = join(import.meta.dirname, "..");

/** A copy of the working tree in a folder of its own. */
export interface Clone {
  readonly folder: string;
  remove(): Promise<void>;
}

/**
 * Copies the working tree as git sees it (tracked and new files, nothing ignored), with the installed dependencies as
 * hard links, so that a build in the copy starts from nothing without installing anything. The copy stands inside the
 * repository, because hard links cannot cross file systems.
 */
export function cloneWorkingTree(): Clone {
  const clone = copyWorkingTree();
  for (const workspace of workspacesOf(clone.folder)) linkDependencies(workspace, clone.folder);
  return clone;
}

/** The same without dependencies, for what builds nothing. */
export function copyWorkingTree(): Clone {
  mkdirSync(join(root, ".turbo"), { recursive: true });
  const folder = mkdtempSync(join(root, ".turbo", "clone-"));
  for (const file of workingFiles()) {
    const target = join(folder, file);
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(join(root, file), target);
  }
  git(folder, "init", "--quiet");
  git(folder, "add", "--all");
  return { folder, remove: () => rm(folder, { recursive: true, force: true, maxRetries: 5 }) };
}

/** Every folder of a clone that has a manifest, and so may have dependencies of its own. */
function workspacesOf(folder: string): string[] {
  const manifests = git(folder, "ls-files", "-z", "--", "package.json", "**/package.json").split("\0");
  return manifests.filter((file) => file !== "").map((file) => dirname(file));
}

function linkDependencies(workspace: string, folder: string): void {
  const from = join(root, workspace, "node_modules");
  linkTree(from, join(folder, workspace, "node_modules"));
}

/** Links a folder file by file. Links to the workspaces' own packages are relative, and so lead into the copy. */
function linkTree(from: string, to: string): void {
  let entries: Dirent[];
  try {
    entries = readdirSync(from, { withFileTypes: true });
  } catch {
    return;
  }
  mkdirSync(to, { recursive: true });
  for (const entry of entries) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    // Tools keep caches here; a copy has none.
    if ([".cache", ".vite", ".astro", ".package-lock.json"].includes(entry.name)) continue;
    if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target, "junction");
    else if (entry.isDirectory()) linkTree(source, target);
    else linkSync(source, target);
  }
}

function git(cwd: string, ...args: string[]): string {
  return execFileSync("git", args, { cwd, encoding: "utf8" });
}
