import { randomUUID } from "node:crypto";
import { readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { hostname } from "node:os";
import { UsageError } from "../arguments/usage-error.ts";

/** Who holds a lock. */
interface Owner {
  readonly pid: number;
  readonly host: string;
  /** Tells a run from another that has the same number. */
  readonly run: string;
}

/** A run on another machine cannot be asked whether it is alive, so every run shows it by touching its lock. */
const touchMs = 10_000;
const silentMs = 60_000;

/**
 * Keeps a second run away from a journal. A lock that was left behind by a run that was killed is taken over: at once on
 * the same machine, after a minute on another, such as the next container.
 *
 * @returns what releases the lock.
 * @throws UsageError when another run has the journal open.
 */
export async function lock(path: string): Promise<() => Promise<void>> {
  const file = `${path}.lock`;
  const own: Owner = { pid: process.pid, host: hostname(), run: randomUUID() };
  if (!(await take(file, own))) {
    await clearAway(path, file, own);
    if (!(await take(file, own))) throw inUse(path, file, await ownerOf(file));
  }
  const timer = setInterval(() => utimes(file, new Date(), new Date()).catch(() => {}), touchMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    if ((await ownerOf(file))?.run === own.run) await rm(file, { force: true });
  };
}

/** Takes a lock that is free. */
async function take(file: string, owner: Owner): Promise<boolean> {
  try {
    await writeFile(file, JSON.stringify(owner), { flag: "wx" });
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    throw new UsageError(`--journal: ${file} cannot be written (${code}).`, "image create");
  }
}

/**
 * Removes a lock whose owner is gone.
 *
 * @throws UsageError when the owner is at work.
 */
async function clearAway(path: string, file: string, own: Owner): Promise<void> {
  const owner = await ownerOf(file);
  if (await isAtWork(file, owner, own)) throw inUse(path, file, owner);
  const aside = `${file}.${own.run}`;
  await rename(file, aside).catch(() => {});
  const moved = await ownerOf(aside);
  await rm(aside, { force: true });
  if (moved === undefined || moved.run === owner?.run) return;
  // Another run has taken the lock over since it was looked at.
  await take(file, moved);
  throw inUse(path, file, moved);
}

/** Who holds a lock; undefined when it cannot be read, as in the moment in which it is written. */
async function ownerOf(file: string): Promise<Owner | undefined> {
  try {
    const owner = JSON.parse(await readFile(file, "utf8"));
    return typeof owner.pid === "number" ? owner : undefined;
  } catch {
    return undefined;
  }
}

async function isAtWork(file: string, owner: Owner | undefined, own: Owner): Promise<boolean> {
  // A process number is given again; this process does not hold two locks of one journal.
  if (owner?.host === own.host) return owner.pid !== own.pid && isAlive(owner.pid);
  const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: 0 }));
  return Date.now() - mtimeMs < silentMs;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function inUse(path: string, file: string, owner: Owner | undefined): UsageError {
  const by = owner === undefined ? "" : ` by process ${owner.pid} on ${owner.host}`;
  return new UsageError(`--journal: ${path} is in use${by}. If that is not aps, remove ${file}.`, "image create");
}
