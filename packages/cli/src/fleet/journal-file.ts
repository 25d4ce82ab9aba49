import { constants } from "node:fs";
import { type FileHandle, open, realpath, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { FleetImage, FleetRecord, Journal, JournalClaim } from "@workspace-aps/client";
import { UsageError } from "../arguments/usage-error.ts";
import { lock } from "./lock.ts";
import { networkFileSystem } from "./network-file-system.ts";
import { noteFile } from "./note-file.ts";

/** The first line of a journal: which images, and where. Going on elsewhere would make them a second time. */
export interface FleetHeader {
  readonly type: "fleet";
  readonly version: 1;
  readonly at: string;
  readonly endpoint: string;
  readonly projectId: string;
  readonly images: readonly FleetImage[];
}

/** What is noted in a journal. */
export interface JournalKind {
  /** What its first line names it by. */
  readonly type: string;
  /** How to go on with the journal at a path, behind the word "by". */
  goOn(path: string): string;
}

const fleets: JournalKind = { type: "fleet", goOn: (path) => `--resume --journal ${path}` };

/** The journal of a fleet. */
export type JournalFile = JournalFileOf<FleetHeader, FleetRecord>;

/** A journal in a file: a line of JSON for every step, on the disk before the program goes on. */
export interface JournalFileOf<Header, Entry> extends Journal<Entry>, AsyncDisposable {
  readonly header: Header;
  /** What the file system of the journal cannot give, to be said before anything is sent. */
  readonly caution: string | undefined;
  /** Held since the journal was opened. */
  claim(): Promise<JournalClaim>;
  /** Whether the file holds anything that a later run could go on from. */
  hasBegun(): boolean;
}

/** How to open a journal. */
export interface JournalOpening<Header> {
  /** Whether it must be there, to be gone on with; else it must not. */
  readonly resume: boolean;
  /** Makes the header of a new journal, or checks the one that is there. */
  readonly header: (found: Header | undefined) => Promise<Header>;
}

/** Opens the journal of a fleet. See {@link openJournalOf}. */
export function openJournal(given: string, opening: JournalOpening<FleetHeader>): Promise<JournalFile> {
  return openJournalOf(fleets, given, opening);
}

/**
 * Opens a journal that another program run does not have open.
 *
 * @param given the path as it was typed, for errors.
 * @throws UsageError when it is in use, is there but not to be resumed, is missing but to be resumed, or is damaged.
 */
export async function openJournalOf<Header extends object, Entry extends object>(
  kind: JournalKind,
  given: string,
  { resume, header: headerFor }: JournalOpening<Header>,
): Promise<JournalFileOf<Header, Entry>> {
  // Two names of one journal have one lock.
  const path = await realPath(given);
  const held = await lock(path);
  let file: FileHandle | undefined;
  let notes: ReturnType<typeof noteFile> | undefined;
  let wasEmpty = false;
  const close = async () => {
    const isOurs = await held.isHeld();
    await (notes ?? file)?.close();
    // A run that noted nothing leaves no journal behind.
    if (wasEmpty && (notes?.end() ?? 0) === 0 && isOurs) await rm(path, { force: true });
    await held.release();
  };
  try {
    file = await openFile(given, path, resume);
    const bytes = await file.readFile();
    wasEmpty = bytes.length === 0;
    if (!resume && !wasEmpty) throw exists(kind, given);
    const end = bytes.lastIndexOf(0x0a) + 1;
    if (end === 0) refuseOther(kind, given, bytes.toString());
    const lines = bytes.toString("utf8", 0, end).split("\n");
    const [found, ...records] = lines.slice(0, -1).map((line, index) => parseLine(kind, given, line, index + 1));
    const header = await headerFor(found as Header | undefined);
    const caution = cautionOf(given, await networkFileSystem(dirname(path)));
    // A run that was cut off while it wrote leaves half a line, whose step was never acknowledged.
    await file.truncate(end);
    if (wasEmpty) await syncFolder(dirname(path));
    const opened = noteFile(path, file, held, bytes.subarray(0, end), kind.goOn);
    notes = opened;
    return {
      header,
      caution,
      records: records as Entry[],
      // The first step brings the header with it, so that a list which is refused leaves no journal behind.
      append: (record) => opened.write((at) => (at === 0 ? [header, record] : [record])),
      claim: async () => ({ check: opened.check, release: async () => {} }),
      hasBegun: () => opened.end() > 0,
      [Symbol.asyncDispose]: close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function realPath(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    // A new journal; a folder that is missing is told when the journal is opened.
    return join(await realpath(dirname(path)).catch(() => dirname(path)), basename(path));
  }
}

function cautionOf(path: string, network: string | undefined): string | undefined {
  if (network === undefined) return undefined;
  return `${path} is on a network file system (${network}), which may show the run of another machine too late. Let only one machine use it; for several there is @workspace-aps/fleet.`;
}

/** A power cut must not take the name of a journal that holds steps. Not every platform can do this. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, "r").catch(() => undefined);
  await folder?.sync().catch(() => {});
  await folder?.close();
}

/** Half a first line is the mark of a run that was cut off at its start; anything else is a file of somebody. */
function refuseOther({ type }: JournalKind, path: string, text: string): void {
  const firstWords = `{"type":${JSON.stringify(type)},`;
  if (text.startsWith(firstWords) || firstWords.startsWith(text)) return;
  throw new UsageError(`--journal: ${path} is no journal. Nothing was sent, and it was left as it is.`);
}

function parseLine({ type }: JournalKind, path: string, line: string, number: number): object {
  try {
    const record = JSON.parse(line);
    if ((number === 1) === (record.type === type) && (number > 1 || record.version === 1)) return record;
  } catch {
    // Said below.
  }
  throw new UsageError(`--journal: line ${number} of ${path} is damaged or of another version. Nothing was sent.`);
}

/** Opens the file of a new journal, which may be there as long as it is empty, or of one that is to be resumed. */
async function openFile(given: string, path: string, resume: boolean): Promise<FileHandle> {
  try {
    // Both append: two writers would spoil no line of each other.
    return await open(path, resume ? appendExisting : "ax+");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST")
      return open(path, appendExisting).catch((problem: NodeJS.ErrnoException) => refuse(given, problem));
    return refuse(given, error as NodeJS.ErrnoException);
  }
}

const appendExisting = constants.O_RDWR | constants.O_APPEND;

function refuse(path: string, { code }: NodeJS.ErrnoException): never {
  const problem = code === "ENOENT" ? "does not exist, so there is nothing to resume" : `cannot be opened (${code})`;
  throw new UsageError(`--journal: ${path} ${problem}.`);
}

function exists({ goOn }: JournalKind, path: string): UsageError {
  return new UsageError(`--journal: ${path} exists. Go on with it by ${goOn(path)}, or name another file.`);
}
