import { type FileHandle, open } from "node:fs/promises";
import { isSameFile } from "./file-identity.ts";
import { JournalError } from "./journal-error.ts";
import type { Lock } from "./lock.ts";

/** A file to which steps are added, each whole and on the disk before the next. */
export interface NoteFile {
  /** Bytes that hold whole steps. */
  readonly end: () => number;
  /**
   * Adds steps.
   *
   * @param records makes them, given where they begin.
   * @throws JournalError when they cannot be written, or {@link check} fails.
   */
  write(records: (end: number) => readonly object[]): Promise<void>;
  /**
   * Makes sure that this run may still send and note: that its lock is its own, and that the path leads to this file, as this
   * run has left it.
   *
   * @throws JournalError otherwise. A file that was replaced or removed is kept under another name, with what is still noted.
   */
  check(): Promise<void>;
  close(): Promise<void>;
}

/**
 * @param path where the file is, without symbolic links.
 * @param whole the steps that it holds.
 * @param goOn how to go on with the journal at a path, behind the word "by".
 */
export function noteFile(
  path: string,
  file: FileHandle,
  lock: Lock,
  whole: Uint8Array,
  goOn: (path: string) => string,
): NoteFile {
  const notes = [whole];
  let end = whole.length;
  let last: Promise<void> = Promise.resolve();
  let lost: JournalError | undefined;
  let kept: FileHandle | undefined;

  async function check(): Promise<void> {
    if (lost !== undefined) throw lost;
    if (!(await lock.isHeld())) {
      lost = new JournalError(
        path,
        "was taken over by another run, because this one was silent for too long. What is under way goes on, and that run takes it up.",
      );
    } else if (!(await isSameFile(file, path)) || (await file.stat()).size < end) {
      const name = `${path}.kept-${process.pid}`;
      kept = await open(name, "ax");
      for (const bytes of notes) await kept.appendFile(bytes);
      lost = new JournalError(
        path,
        `was removed or replaced during the run. What it held is in ${name}: go on by ${goOn(name)}.`,
      );
    }
    if (lost !== undefined) throw lost;
  }

  async function write(records: readonly object[]): Promise<void> {
    const bytes = Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join(""));
    try {
      await check();
    } catch (error) {
      await kept?.appendFile(bytes);
      await kept?.datasync();
      throw error;
    }
    try {
      // A step that could not be noted left a part, which must not stand in the middle.
      if ((await file.stat()).size > end) await file.truncate(end);
      await file.appendFile(bytes);
      await file.datasync();
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      throw new JournalError(path, `cannot be written (${code ?? message}).`, { cause: error });
    }
    notes.push(bytes);
    end += bytes.length;
  }

  return {
    end: () => end,
    check,
    write(records) {
      const next = last.then(() => write(records(end)));
      last = next.catch(() => {});
      return next;
    },
    async close() {
      await last;
      await kept?.close();
      await file.close();
    },
  };
}
