import { type FileHandle, open, rm } from "node:fs/promises";
import type { FleetImage, FleetJournal, FleetRecord } from "@workspace-aps/client";
import { UsageError } from "../arguments/usage-error.ts";
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
  try {
    file = await open(path, resume ? "r+" : "ax+").catch((error: NodeJS.ErrnoException) => refuse(path, error));
    const { lines, end } = await readLines(file);
    // A run that was cut off while it wrote leaves half a line, whose step was never acknowledged.
    await file.truncate(end);
    const [found, ...records] = lines.map((line, index) => parseLine(path, line, index + 1));
    const header = await make(found as FleetHeader | undefined);
    const opened = file;
    const write = appender(opened, end);
    // The first step brings the header with it, so that a list which is refused leaves no journal behind.
    let begun = found !== undefined;
    return {
      header,
      records: records as FleetRecord[],
      append: (record) => {
        const records = begun ? [record] : [header, record];
        begun = true;
        return write(records);
      },
      [Symbol.asyncDispose]: async () => {
        await opened.close();
        if (!begun) await rm(path, { force: true });
        await unlock();
      },
    };
  } catch (error) {
    await file?.close();
    if (!resume && file !== undefined) await rm(path, { force: true });
    await unlock();
    throw error;
  }
}

function appender(file: FileHandle, end: number): (records: readonly object[]) => Promise<void> {
  let position = end;
  let last: Promise<void> = Promise.resolve();
  return (records) => {
    const bytes = Buffer.from(records.map((record) => `${JSON.stringify(record)}\n`).join(""));
    const at = position;
    position += bytes.length;
    last = last.then(async () => {
      await file.write(bytes, 0, bytes.length, at);
      await file.datasync();
    });
    return last;
  };
}

async function readLines(file: FileHandle): Promise<{ lines: string[]; end: number }> {
  const bytes = await file.readFile();
  const end = bytes.lastIndexOf(0x0a) + 1;
  const text = bytes.subarray(0, end).toString();
  return { lines: text.split("\n").filter((line) => line !== ""), end };
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

function refuse(path: string, { code }: NodeJS.ErrnoException): never {
  const problem =
    code === "EEXIST"
      ? "exists. Go on with it by --resume, or name another file"
      : code === "ENOENT"
        ? "does not exist, so there is nothing to resume"
        : `cannot be opened (${code})`;
  throw new UsageError(`--journal: ${path} ${problem}.`, "image create");
}
