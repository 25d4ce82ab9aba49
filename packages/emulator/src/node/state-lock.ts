import {
  closeSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  statSync,
  unlinkSync,
  utimesSync,
  writeSync,
} from "node:fs";
import { hostname } from "node:os";
import { resolve } from "node:path";

/** Who holds a state file. */
interface Owner {
  readonly pid: number;
  /** Where the number of a process means something: host and, on Linux, the namespace of process numbers. */
  readonly place: string;
}

/** How often the lock is touched, and after how long untouched it is taken for left behind, in milliseconds. */
const touchEveryMs = 2_000;
const staleAfterMs = 15_000;

/** The locks that emulators of this process hold. */
const heldHere = new Set<string>();

/**
 * Keeps other emulators from a state file for as long as this process runs. What a killed emulator has left behind is
 * taken over: at once where its process can be seen to be gone, and else when nobody has touched it for 15 seconds.
 *
 * @returns what gives it back.
 * @throws Error when another emulator has it.
 */
export function lockStateFile(path: string): () => void {
  const lock = `${realPath(path)}.lock`;
  const own: Owner = { pid: process.pid, place: placeOf() };
  if (!tryToMake(lock, own)) {
    if (isHeld(lock, own))
      throw new Error(`another emulator uses it; if none does, remove ${lock}, or wait ${staleAfterMs / 1000} seconds`);
    unlinkSync(lock);
    if (!tryToMake(lock, own)) throw new Error("another emulator has just begun to use it");
  }
  const touching = setInterval(() => touch(lock), touchEveryMs).unref();
  heldHere.add(lock);
  const giveBack = () => {
    clearInterval(touching);
    if (heldHere.delete(lock)) unlinkSync(lock);
  };
  process.once("exit", giveBack);
  return giveBack;
}

/** The file itself, by whatever name it is called. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

function tryToMake(lock: string, own: Owner): boolean {
  try {
    const file = openSync(lock, "wx", 0o600);
    writeSync(file, JSON.stringify(own));
    closeSync(file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

function isHeld(lock: string, own: Owner): boolean {
  let owner: Partial<Owner>;
  try {
    owner = JSON.parse(readFileSync(lock, "utf8")) as Partial<Owner>;
  } catch {
    owner = {};
  }
  if (heldHere.has(lock)) return true;
  // The number of this process cannot be another's that still runs here.
  if (owner.place === own.place && owner.pid !== undefined) return owner.pid !== own.pid && isRunning(owner.pid);
  return Date.now() - statSync(lock).mtimeMs < staleAfterMs;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function touch(lock: string): void {
  try {
    const now = new Date();
    utimesSync(lock, now, now);
  } catch {
    // Removed by hand: then somebody wants another emulator to use the file.
  }
}

function placeOf(): string {
  try {
    return `${hostname()} ${readlinkSync("/proc/self/ns/pid")} ${readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim()}`;
  } catch {
    return hostname();
  }
}
