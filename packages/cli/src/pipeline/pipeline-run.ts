import type { FullClient, RolloutReport } from "@workspace-aps/client";
import type { Description } from "../failure/description.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";
import type { Golden } from "./golden.ts";
import { applyRecord, type PipelineJournal, type PipelineRecord, type PipelineState } from "./pipeline-journal.ts";

/** The steps of a pipeline, in their order. */
export const steps = ["image", "verify", "plan", "approval", "rollout", "prune"] as const;
/** A step of the pipeline, by its name. */
export type StepName = (typeof steps)[number];

/** What the steps of a pipeline share. */
export interface PipelineRun {
  readonly context: Context;
  readonly client: FullClient;
  readonly golden: Golden;
  /** Where the journals are. */
  readonly folder: string;
  readonly journal: PipelineJournal;
  readonly state: PipelineState;
  /** What came of the rollouts that this run had in hand. */
  readonly reports: RolloutReport[];
}

/** How a step has ended. With any exit code but 0, it is the last of the run. */
export interface StepEnd {
  readonly exitCode: number;
  readonly says: string;
  /** What to do about it. */
  readonly help?: readonly string[];
  /** The error that has ended it. */
  readonly failure?: Description | undefined;
}

/** What became of a step, in a report. */
export interface StepReport {
  readonly step: StepName;
  readonly result: "done" | "waiting" | "stopped" | "not begun";
  readonly says: string;
}

type Note = PipelineRecord extends infer Entry ? (Entry extends PipelineRecord ? Omit<Entry, "at"> : never) : never;

/** Notes what the pipeline has come to, and takes it into account. */
export async function note({ client, journal, state }: PipelineRun, entry: Note): Promise<void> {
  const record = { at: new Date(client.settings.now()).toISOString(), ...entry } as PipelineRecord;
  await journal.append(record);
  applyRecord(state, record);
}

/** The end of a step that went well. */
export function done(says: string): StepEnd {
  return { exitCode: exitCode.done, says };
}
