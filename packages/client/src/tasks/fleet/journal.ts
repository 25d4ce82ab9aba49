import type { SubJobFailure } from "../../errors/job-failed-error.ts";
import type { ImageBaseline } from "../image/baseline.ts";
import type { Journal, JournalClaim } from "../journal.ts";
import type { FleetImage } from "./outcome.ts";

/** What of an image is not its name, as far as it was given. */
export type ImageDetails = Pick<FleetImage, "description" | "executeSysprep">;

/** One step of a fleet, as a journal keeps it. Plain JSON without secrets. */
export type FleetRecord = { readonly at: string; readonly serverId: string } & (
  | {
      readonly type: "start";
      /** Of this request; what became of it bears the same. Absent in records of earlier versions, as are the next two. */
      readonly id?: string | undefined;
      readonly name: string;
      readonly details?: ImageDetails | undefined;
      /** The server before the request. */
      readonly baseline?: ImageBaseline | undefined;
    }
  | { readonly type: "job"; readonly start?: string | undefined; readonly jobId: string }
  | {
      readonly type: "image";
      readonly jobId: string;
      readonly imageId: string;
      readonly imageName: string;
      /** How long the job took, in milliseconds. Absent where it is not known, and in records of earlier versions. */
      readonly durationMs?: number | undefined;
    }
  | { readonly type: "failed"; readonly jobId: string; readonly failures: readonly SubJobFailure[] }
  /** Nothing was started by this request. */
  | { readonly type: "refused"; readonly start?: string | undefined; readonly reason: string }
);

/** Where a fleet notes its steps. See {@link Journal}; `createImages` refuses one that another run of the process has. */
export type FleetJournal = Journal<FleetRecord>;

/** The right to write to the journal of a fleet. */
export type FleetClaim = JournalClaim;

/** How far one image has come by its journal, and which image it is; the details only where the journal holds them. */
export type FleetState = { readonly name: string; readonly details?: ImageDetails | undefined } & (
  | {
      /** Nothing was sent, or what was sent was refused. */
      readonly step: "nothing";
    }
  | {
      /** A request was about to be sent, and no answer to it is noted. */
      readonly step: "in doubt";
      /** The server before the first such request. */
      readonly baseline: ImageBaseline;
      /** The requests that are in doubt, by their ids; empty for those of earlier versions. */
      readonly starts: readonly string[];
    }
  | { readonly step: "job"; readonly jobId: string }
  | {
      readonly step: "image";
      readonly jobId: string;
      readonly imageId: string;
      readonly imageName: string;
      readonly durationMs?: number | undefined;
    }
  | { readonly step: "failed"; readonly jobId: string; readonly failures: readonly SubJobFailure[] }
);

type RecordOf<Type extends FleetRecord["type"]> = Extract<FleetRecord, { type: Type }>;

/** What the records of one server come to. */
interface Tale {
  last: RecordOf<"start"> | undefined;
  /** Requests without an answer. */
  open: RecordOf<"start">[];
  job: string | undefined;
  end: RecordOf<"image" | "failed"> | undefined;
}

/**
 * Works out how far each image has come, by the id of its server. A record answers the request that it belongs to and no
 * other: a refusal leaves a job as it is, and another request in doubt. A server without a record has come to nothing.
 *
 * @throws TypeError for a record of a type that this version does not know: it may say that an image was made.
 */
export function replay(records: readonly FleetRecord[]): Map<string, FleetState> {
  const tales = new Map<string, Tale>();
  for (const record of records) {
    const { serverId } = record;
    const tale = tales.get(serverId) ?? { last: undefined, open: [], job: undefined, end: undefined };
    tales.set(serverId, tale);
    tell(tale, record);
  }
  return new Map([...tales].map(([serverId, tale]) => [serverId, stateOf(tale)]));
}

/** Every job that the records name, of whichever server. */
export function jobIdsIn(records: readonly FleetRecord[]): Set<string> {
  return new Set(records.flatMap((record) => ("jobId" in record ? [record.jobId] : [])));
}

function tell(tale: Tale, record: FleetRecord): void {
  switch (record.type) {
    case "start":
      tale.last = record;
      tale.open.push(record);
      if (tale.end?.type === "failed") tale.end = undefined;
      return;
    case "job":
      tale.job = record.jobId;
      close(tale, record.start);
      return;
    case "image":
    case "failed":
      if (tale.end?.type !== "image") tale.end = record;
      if (tale.job === record.jobId) tale.job = undefined;
      return;
    case "refused":
      close(tale, record.start);
      return;
    default:
      throw new TypeError(`The journal holds a record of type ${JSON.stringify((record as FleetRecord).type)}.`);
  }
}

/** A record of an earlier version does not say which request it answers; it can only be the last. */
function close(tale: Tale, start: string | undefined): void {
  const index = start === undefined ? tale.open.length - 1 : tale.open.findIndex(({ id }) => id === start);
  if (index >= 0) tale.open.splice(index, 1);
}

function stateOf({ last, open: [first, ...more], job, end }: Tale): FleetState {
  const { name = "", details } = last ?? {};
  const image = { name, details };
  if (end?.type === "image") {
    const { jobId, imageId, imageName, durationMs } = end;
    return { ...image, step: "image", jobId, imageId, imageName, durationMs };
  }
  if (job !== undefined) return { ...image, step: "job", jobId: job };
  if (first !== undefined) {
    const starts = [first, ...more].flatMap(({ id }) => id ?? []);
    // A record without a baseline was timed by the clock of the machine.
    const baseline = first.baseline ?? { at: first.at };
    return { name: first.name, details: first.details, step: "in doubt", baseline, starts };
  }
  if (end !== undefined) return { ...image, step: "failed", jobId: end.jobId, failures: end.failures };
  return { ...image, step: "nothing" };
}

/** A journal in memory, for a fleet that need not outlive its process. */
export function memoryJournal(records: readonly FleetRecord[] = []): FleetJournal {
  const kept = [...records];
  return {
    records: kept,
    append: async (record) => void kept.push(record),
  };
}
