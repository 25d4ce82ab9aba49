import { type FileHandle, open, rm } from "node:fs/promises";
import type { FleetImage, FleetJournal, FleetRecord } from "@workspace-aps/client";
import { UsageError } from "../arguments/usage-error.ts";
import { JournalError } from "./journal-error.ts";
import { lock } from "./lock.ts";

/** The first line of a journal: which images, and where. Going on elsewhere would make them a second time. */
export interface FleetHeader {
  readonly type: "fleet";
  readonly version: 1;
  readonly at: string;
  readonly endpoint: string;
  readonly projectId: string;
  readonly images: readonly FleetImage[];
}

/** A journal in a file: a line of JSON for every step, on the disk before the program goes on. */
export interface JournalFile extends FleetJournal, AsyncDisposable {
  readonly header: FleetHeader;
  /** Whether the file holds anything that a later run could go on from. */
  hasBegun(): boolean;
}

/**
 * Opens a journal that another program run does not have open.
 *
 * @param make makes the header of a new journal, or checks the one that is there.
 * @throws UsageError when it is in use, is there but not to be resumed, is missing but to be resumed, or is damaged.
 */
export async function openJournal(
  path: string,
  resume: boolean,
  make: (found: FleetHeader | undefined) => Promise<FleetHeader>,
): Promise<JournalFile> {
  const unlock = await lock(path);
  let file: FileHandle | undefined;
  let end = 0;
  let wasEmpty = false;
  const close = async () => {
    await file?.close();
    // A run that noted nothing leaves no journal behind.
    if (wasEmpty && end === 0) await rm(path, { force: true });
    await unlock();
  };
  try {
    const opened = await openFile(path, resume);
    file = opened;
    const bytes = await opened.readFile();
    wasEmpty = bytes.length === 0;
    if (!resume && !wasEmpty) throw exists(path);
    end = bytes.lastIndexOf(0x0a) + 1;
    if (end === 0) refuseOther(path, bytes.toString());
    const lines = bytes.toString("utf8", 0, end).split("\n");
    const [found, ...records] = lines.slice(0, -1).map((line, index) => parseLine(path, line, index + 1));
    const header = await make(found as FleetHeader | undefined);
    // A run that was cut off while it wrote leaves half a line, whose step was never acknowledged.
    await opened.truncate(end);
    const write = appender(path, opened, end, (position) => {
      end = position;
    });
    return {
      header,
      records: records as FleetRecord[],
      // The first step brings the header with it, so that a list which is refused leaves no journal behind.
      append: (record) => write((at) => (at === 0 ? [header, record] : [record])),
      hasBegun: () => end > 0,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Writes steps one after the other, each whole and on the disk before the next. */
function appender(path: string, file: FileHandle, start: number, moved: (end: number) => void) {
  let end = start;
  let last: Promise<void> = Promise.resolve();
  const write = async (records: readonly object[]) => {
    const bytes = Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join(""));
    try {
      // A disk that becomes full takes a part, and says so only when it is asked for the rest.
      for (let done = 0; done < bytes.length; )
        done += (await file.write(bytes, done, bytes.length - done, end + done)).bytesWritten;
      await file.datasync();
    } catch (error) {
      throw new JournalError(path, error as NodeJS.ErrnoException);
    }
    end += bytes.length;
    moved(end);
  };
  return (recordsAt: (end: number) => readonly object[]): Promise<void> => {
    // A step that could not be noted is written over by the next, so that no half line stands in the middle.
    const next = last.then(() => write(recordsAt(end)));
    last = next.catch(() => {});
    return next;
  };
}

const firstWords = '{"type":"fleet",';

/** Half a first line is the mark of a run that was cut off at its start; anything else is a file of somebody. */
function refuseOther(path: string, text: string): void {
  if (text.startsWith(firstWords) || firstWords.startsWith(text)) return;
  throw new UsageError(`--journal: ${path} is no journal. Nothing was sent, and it was left as it is.`, "image create");
}

function parseLine(path: string, line: string, number: number): FleetHeader | FleetRecord {
  try {
    const record = JSON.parse(line);
    if ((number === 1) === (record.type === "fleet") && (number > 1 || record.version === 1)) return record;
  } catch {
    // Said below.
  }
  throw new UsageError(
    `--journal: line ${number} of ${path} is damaged or of another version. Nothing was sent.`,
    "image create",
  );
}

/** Opens the file of a new journal, which may be there as long as it is empty, or of one that is to be resumed. */
async function openFile(path: string, resume: boolean): Promise<FileHandle> {
  try {
    return await open(path, resume ? "r+" : "wx+");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return open(path, "r+").catch((problem: NodeJS.ErrnoException) => refuse(path, problem));
    return refuse(path, error as NodeJS.ErrnoException);
  }
}

function refuse(path: string, { code }: NodeJS.ErrnoException): never {
  const problem = code === "ENOENT" ? "does not exist, so there is nothing to resume" : `cannot be opened (${code})`;
  throw new UsageError(`--journal: ${path} ${problem}.`, "image create");
}

function exists(path: string): UsageError {
  return new UsageError(`--journal: ${path} exists. Go on with it by --resume, or name another file.`, "image create");
}
