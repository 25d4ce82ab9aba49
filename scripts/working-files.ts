import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const root = join(import.meta.dirname, "..");

/**
 * Files of the working tree that are tracked or new, without those that were deleted or are ignored. In a downloaded archive, which
 * has no `.git`, everything is new.
 */
export function workingFiles(): string[] {
  const scratch = existsSync(join(root, ".git")) ? undefined : mkdtempSync(join(tmpdir(), "aps-files-"));
  try {
    if (scratch !== undefined) git("init", "--quiet", "--bare", scratch);
    const place = scratch === undefined ? [] : [`--git-dir=${scratch}`, `--work-tree=${root}`];
    const list = (...kind: string[]) => git(...place, "ls-files", "-z", ...kind).split("\0");
    const deleted = new Set(list("--deleted"));
    return list("--cached", "--others", "--exclude-standard").filter((file) => file !== "" && !deleted.has(file));
  } finally {
    if (scratch !== undefined) rmSync(scratch, { recursive: true });
  }
}

function git(...args: string[]): string {
  return execFileSync("git", args, { cwd: root, encoding: "utf8", maxBuffer: 64 << 20 });
}
