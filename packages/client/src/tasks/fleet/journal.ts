import type { SubJobFailure } from "../../errors/job-failed-error.ts";

/** One step of a fleet, as a journal keeps it. Plain JSON without secrets. */
export type FleetRecord = { readonly at: string; readonly serverId: string } & (
  | { readonly type: "start"; readonly name: string }
  | { readonly type: "job"; readonly jobId: string }
  | { readonly type: "image"; readonly jobId: string; readonly imageId: string; readonly imageName: string }
  | { readonly type: "failed"; readonly jobId: string; readonly failures: readonly SubJobFailure[] }
  | { readonly type: "refused"; readonly reason: string }
);

/** Where a fleet notes its steps, so that a run that was cut off can go on. */
export interface FleetJournal {
  /** The steps of earlier runs, oldest first. */
  readonly records: readonly FleetRecord[];
  /** Notes a step. Must not resolve before the note would survive the end of the process. */
  append(record: FleetRecord): Promise<void>;
}

/** How far one image has come by its journal. */
export type FleetState =
  /** Nothing was sent, or what was sent was refused. */
  | { readonly step: "nothing" }
  /** A request was about to be sent, and no answer to it is noted. */
  | {
      readonly step: "in doubt";
      /** Name of the image, by which its job is found. */
      readonly name: string;
      readonly startedAt: Date;
      readonly failedJobIds: readonly string[];
    }
  | { readonly step: "job"; readonly jobId: string }
  | { readonly step: "image"; readonly jobId: string; readonly imageId: string; readonly imageName: string }
  | { readonly step: "failed"; readonly jobId: string; readonly failures: readonly SubJobFailure[] };

/**
 * Works out how far each image has come, by the id of its server. A server without a record has come to nothing.
 *
 * @throws TypeError for a record of a type that this version does not know: it may say that an image was made.
 */
export function replay(records: readonly FleetRecord[]): Map<string, FleetState> {
  const states = new Map<string, FleetState>();
  const failed = new Map<string, string[]>();
  for (const record of records) {
    const { serverId } = record;
    const failedJobIds = failed.get(serverId) ?? [];
    if (record.type === "failed") failed.set(serverId, [...failedJobIds, record.jobId]);
    states.set(serverId, stateAfter(record, states.get(serverId), failedJobIds));
  }
  return states;
}

function stateAfter(record: FleetRecord, before: FleetState | undefined, failedJobIds: readonly string[]): FleetState {
  switch (record.type) {
    case "start":
      // A request that is in doubt stays in doubt since its first sending, however often it was taken up again.
      if (before?.step === "in doubt") return before;
      return { step: "in doubt", name: record.name, startedAt: new Date(record.at), failedJobIds };
    case "job":
      return { step: "job", jobId: record.jobId };
    case "image":
      return { step: "image", jobId: record.jobId, imageId: record.imageId, imageName: record.imageName };
    case "failed":
      return { step: "failed", jobId: record.jobId, failures: record.failures };
    case "refused":
      return { step: "nothing" };
    default:
      throw new TypeError(`The journal holds a record of type ${JSON.stringify((record as FleetRecord).type)}.`);
  }
}

/** A journal in memory, for a fleet that need not outlive its process. */
export function memoryJournal(records: readonly FleetRecord[] = []): FleetJournal {
  const kept = [...records];
  return {
    records: kept,
    append: async (record) => void kept.push(record),
  };
}
