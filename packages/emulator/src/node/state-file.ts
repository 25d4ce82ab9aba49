import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeSync } from "node:fs";
import type { Snapshot } from "../world/snapshot.ts";

/** Keeps what an emulator remembers in a file. */
export interface StateFile {
  /** What was kept; undefined when there is no file yet. */
  readonly snapshot: Snapshot | undefined;
  /** Pass it to the emulator as `onChange`: a change is in the file before it is acknowledged. */
  readonly onChange: (snapshot: Snapshot) => void;
}

/**
 * Opens a state file. Every change is written to a file beside it, which then takes its place, so that a kill at any
 * moment leaves either the old state or the new one. The file holds tokens and is readable by its owner only.
 *
 * @throws SyntaxError when the file is not JSON.
 */
export function openStateFile(path: string): StateFile {
  return {
    snapshot: read(path),
    onChange(snapshot) {
      const beside = `${path}.new`;
      const file = openSync(beside, "w", 0o600);
      try {
        writeSync(file, JSON.stringify(snapshot));
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(beside, path);
    },
  };
}

function read(path: string): Snapshot | undefined {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
