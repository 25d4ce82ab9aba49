import { readFile, rm, writeFile } from "node:fs/promises";
import { UsageError } from "../arguments/usage-error.ts";

/**
 * Keeps a second run away from a journal. A lock that was left behind by a run that was killed is taken over.
 *
 * @returns what releases the lock.
 * @throws UsageError when another run has the journal open.
 */
export async function lock(path: string): Promise<() => Promise<void>> {
  const file = `${path}.lock`;
  const take = () => writeFile(file, String(process.pid), { flag: "wx" });
  try {
    await take();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code !== "EEXIST") throw new UsageError(`--journal: ${file} cannot be written (${code}).`, "image create");
    const owner = Number(await readFile(file, "utf8").catch(() => ""));
    if (owner > 0 && owner !== process.pid && isAlive(owner)) {
      throw new UsageError(
        `--journal: ${path} is in use by process ${owner}. If that is not aps, remove ${file}.`,
        "image create",
      );
    }
    await rm(file, { force: true });
    await take();
  }
  return () => rm(file, { force: true });
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
