import { type FileHandle, open, readFile, rename, rm, stat } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { UsageError } from "../arguments/usage-error.ts";
import { isSameFile } from "./file-identity.ts";
import { isAtWork, type Owner, thisRun } from "./owner.ts";

/** A lock that this run holds. */
export interface Lock {
  /** Whether the lock is still this run's: another one takes it over from a run that has been silent. */
  isHeld(): Promise<boolean>;
  release(): Promise<void>;
}

const touchMs = 10_000;
/** How long a run that takes a lock over waits for others that do the same; the last one has it. */
const contendersMs = 200;

/**
 * Keeps a second run away from a journal. A lock that was left behind by a run that was killed is taken over: at once in the
 * same place (see {@link isAtWork}), after a minute elsewhere, such as in the next container. A run that was suspended
 * and wakes up finds its lock gone by `isHeld`, which it asks before everything that it sends or notes.
 *
 * @param path the journal, as the file system names it: without symbolic links.
 * @throws UsageError when another run has the journal open, or the file system cannot keep runs apart.
 */
export async function lock(path: string): Promise<Lock> {
  const file = `${path}.lock`;
  const own = thisRun();
  const handle = (await take(path, file, own)) ?? (await takeOver(path, file, own));
  const release = async () => {
    clearInterval(timer);
    if (await isSameFile(handle, file)) await rm(file, { force: true });
    await handle.close();
  };
  // By its handle: the path may lead to the lock of another run, which must not be kept alive.
  const touch = () => handle.utimes(new Date(), new Date());
  const timer = setInterval(() => touch().catch(() => {}), touchMs);
  timer.unref();
  if (!(await isSameFile(handle, file))) {
    await release();
    throw new UsageError(
      `--journal: the file system of ${path} does not tell files apart, so it cannot keep a second run away. Nothing was sent. Put the journal on a local disk, or use @workspace-aps/fleet, which keeps it in PostgreSQL.`,
    );
  }
  return { isHeld: () => isSameFile(handle, file), release };
}

/** Takes a lock that is free. Undefined when there is one already. */
async function take(path: string, file: string, own: Owner): Promise<FileHandle | undefined> {
  try {
    return await write(file, own);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return undefined;
    throw new UsageError(`--journal: ${path}.lock cannot be written (${code}).`);
  }
}

async function write(file: string, own: Owner): Promise<FileHandle> {
  const handle = await open(file, "wx");
  try {
    await handle.writeFile(JSON.stringify(own));
    return handle;
  } catch (error) {
    await handle.close();
    await rm(file, { force: true });
    throw error;
  }
}

/**
 * Takes a lock over whose owner is gone, by replacing it in one step: at no moment is there none.
 *
 * @throws UsageError when the owner is at work, or another run is taking the lock over too.
 */
async function takeOver(path: string, file: string, own: Owner): Promise<FileHandle> {
  const aside = `${file}.${own.run}`;
  const handle = await write(aside, own);
  try {
    const { mtimeMs: nowMs } = await handle.stat();
    const owner = await ownerOf(file);
    const before = await stat(file).catch(() => undefined);
    if (before !== undefined && isAtWork(owner, own, nowMs - before.mtimeMs)) throw inUse(path, file, owner);
    const again = await stat(file).catch(() => undefined);
    if (again?.ino !== before?.ino || again?.mtimeMs !== before?.mtimeMs) throw inUse(path, file, await ownerOf(file));
    await rename(aside, file);
    await sleep(contendersMs);
    if (await isSameFile(handle, file)) return handle;
    throw inUse(path, file, await ownerOf(file));
  } catch (error) {
    await handle.close();
    await rm(aside, { force: true });
    throw error;
  }
}

async function ownerOf(file: string): Promise<Owner | undefined> {
  try {
    const owner = JSON.parse(await readFile(file, "utf8"));
    return typeof owner.pid === "number" ? owner : undefined;
  } catch {
    return undefined;
  }
}

function inUse(path: string, file: string, owner: Owner | undefined): UsageError {
  const by = owner === undefined ? "" : ` by process ${owner.pid} on ${owner.host}`;
  return new UsageError(`--journal: ${path} is in use${by}. If that is not aps, remove ${file}.`);
}
