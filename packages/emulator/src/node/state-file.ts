import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import type { Snapshot } from "../world/snapshot.ts";
import { lockStateFile } from "./state-lock.ts";

/** Keeps what an emulator remembers in a file. */
export interface StateFile {
  /** What was kept; undefined when there is no file yet. */
  readonly snapshot: Snapshot | undefined;
  /** Pass it to the emulator as `onChange`: a change is in the file before it is acknowledged. */
  readonly onChange: (snapshot: Snapshot) => void;
  /** Lets another emulator use the file. */
  close(): void;
}

/**
 * Opens a state file. Every change is written to a file beside it, which then takes its place, so that a kill at any
 * moment leaves either the old state or the new one. The file holds tokens and is readable by its owner only. Until it is
 * closed, or this process ends, no other emulator can open it.
 *
 * @throws Error when another emulator has it open.
 * @throws TypeError when the file holds something else.
 * @throws Error with the system's `code` when it is there and cannot be read.
 */
export function openStateFile(path: string): StateFile {
  const close = lockStateFile(path);
  return {
    close,
    snapshot: readOr(close, path),
    onChange(snapshot) {
      const beside = `${path}.new`;
      const file = openSync(beside, "w", 0o600);
      try {
        writeWhole(file, Buffer.from(JSON.stringify(snapshot)));
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(beside, path);
    },
  };
}

function readOr(giveBack: () => void, path: string): Snapshot | undefined {
  try {
    return read(path);
  } catch (error) {
    giveBack();
    throw error;
  }
}

/** The system may take less than all at once. */
function writeWhole(file: number, bytes: Buffer): void {
  for (let written = 0; written < bytes.length; ) written += writeSync(file, bytes, written);
}

function read(path: string): Snapshot | undefined {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
  const kept = parse(text) as Partial<Snapshot> | undefined | null;
  if (typeof kept?.version !== "number") throw new TypeError("The file is not a state that an emulator has kept.");
  return kept as Snapshot;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
