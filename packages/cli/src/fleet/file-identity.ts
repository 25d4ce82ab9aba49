import { type FileHandle, stat } from "node:fs/promises";

/** Whether a path still leads to the file that is open: it may have been removed, or another put in its place. */
export async function isSameFile(file: FileHandle, path: string): Promise<boolean> {
  const [open, named] = await Promise.all([
    file.stat({ bigint: true }),
    stat(path, { bigint: true }).catch(() => null),
  ]);
  return named !== null && open.ino !== 0n && open.ino === named.ino && open.dev === named.dev;
}
