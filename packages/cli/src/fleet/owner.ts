import { randomUUID } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** Who holds a lock, as the lock says it. */
export interface Owner {
  readonly pid: number;
  readonly host: string;
  /** Tells a run from another that has the same number. */
  readonly run: string;
  /** Where the number means this process: one boot of one machine, and one table of processes there. */
  readonly place?: string | undefined;
  /** When the process began, in a form that only the same place can compare. Tells numbers apart that are given again. */
  readonly began?: string | undefined;
}

/** A run shows that it is alive by touching its lock. One that has been silent for this long is taken for gone. */
export const silentMs = 60_000;

/** This process, as the owner of a lock. */
export function thisRun(): Owner {
  return { pid: process.pid, host: hostname(), run: randomUUID(), place: place(), began: beganAt(process.pid) };
}

/**
 * Whether the owner of a lock may still send. Two containers may have one host name and one process number each, so a number
 * says something only in its own place: there a process that is gone frees the lock at once, and one that is suspended keeps
 * it. Everywhere else the touch decides.
 *
 * @param owner undefined when the lock cannot be read, as in the moment in which it is written.
 * @param silentForMs for how long the lock has not been touched, on the clock of its file system.
 */
export function isAtWork(owner: Owner | undefined, own: Owner, silentForMs: number): boolean {
  if (owner?.place !== undefined && owner.place === own.place) {
    if (!isAlive(owner.pid)) return false;
    if (owner.began !== undefined) return owner.began === beganAt(owner.pid);
  }
  return silentForMs < silentMs;
}

function place(): string | undefined {
  if (process.platform !== "linux") return `${process.platform} ${hostname()}`;
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot} ${readlinkSync("/proc/self/ns/pid")}`;
  } catch {
    return undefined;
  }
}

/** The 22nd field of `/proc/<pid>/stat`, counted behind the name, which may hold blanks and brackets. */
function beganAt(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
