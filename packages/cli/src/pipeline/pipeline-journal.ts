import { mkdir, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Client, FleetImage, PrunedImage, RolloutPlan, RolloutResult } from "@workspace-aps/client";
import { UsageError } from "../arguments/usage-error.ts";
import { type JournalFileOf, type JournalKind, openJournalOf } from "../fleet/journal-file.ts";

/** The first line of the journal of a pipeline: what it makes, for whom, and where. */
export interface PipelineHeader {
  readonly type: "pipeline";
  readonly version: 1;
  readonly at: string;
  readonly endpoint: string;
  readonly projectId: string;
  /** With its name filled in. */
  readonly image: FleetImage;
  readonly groups: readonly string[];
}

/** What a pipeline has come to. What goes on inside of a step is in the journal of that step. */
export type PipelineRecord = { readonly at: string } & (
  | { readonly type: "begin" }
  | { readonly type: "image"; readonly imageId: string; readonly imageName: string }
  | { readonly type: "verified" }
  /** What a reviewer was shown, one for each group. */
  | { readonly type: "plans"; readonly plans: readonly RolloutPlan[] }
  | { readonly type: "approved" }
  | { readonly type: "rollout"; readonly groupId: string; readonly result: RolloutResult }
  | { readonly type: "pruned"; readonly images: readonly PrunedImage[] }
);

/** The journal of a pipeline, opened. */
export type PipelineJournal = JournalFileOf<PipelineHeader, PipelineRecord>;

/** How far a pipeline has come by its journal. */
export interface PipelineState {
  image: { readonly imageId: string; readonly imageName: string } | undefined;
  isVerified: boolean;
  plans: readonly RolloutPlan[] | undefined;
  isApproved: boolean;
  readonly rollouts: Map<string, RolloutResult>;
  pruned: readonly PrunedImage[] | undefined;
}

const fileName = "pipeline.journal";

const kind: JournalKind = {
  type: "pipeline",
  goOn: (path) =>
    basename(path) === fileName
      ? `--resume --journal ${dirname(path)}`
      : `putting it back as ${join(dirname(path), fileName)}, and --resume`,
};

/** Works out how far a pipeline has come. */
export function replayPipeline(records: readonly PipelineRecord[]): PipelineState {
  const state: PipelineState = {
    image: undefined,
    isVerified: false,
    plans: undefined,
    isApproved: false,
    rollouts: new Map(),
    pruned: undefined,
  };
  for (const record of records) applyRecord(state, record);
  return state;
}

/** @throws TypeError for a record of a type that this version does not know. */
export function applyRecord(state: PipelineState, record: PipelineRecord): void {
  switch (record.type) {
    case "begin":
      return;
    case "image":
      state.image = { imageId: record.imageId, imageName: record.imageName };
      return;
    case "verified":
      state.isVerified = true;
      return;
    case "plans":
      state.plans = record.plans;
      return;
    case "approved":
      state.isApproved = true;
      return;
    case "rollout":
      state.rollouts.set(record.groupId, record.result);
      return;
    case "pruned":
      state.pruned = record.images;
      return;
    default:
      throw new TypeError(`The journal holds a record of type ${JSON.stringify((record as PipelineRecord).type)}.`);
  }
}

/**
 * Opens the journal of a pipeline in its folder, where the journals of its steps are as well.
 *
 * @param image what the file says, with the name filled in for a run that begins at a time.
 * @throws UsageError when it is of another file, endpoint or project, and as `openJournalOf` does.
 */
export async function openPipelineJournal(
  client: Client,
  folder: string,
  { resume, image, groups }: { resume: boolean; image: (atMs: number) => FleetImage; groups: readonly string[] },
): Promise<PipelineJournal> {
  const { endpoint, now } = client.settings;
  const projectId = await client.projectId();
  if (!resume) await mkdir(folder, { recursive: true });
  const header = async (found: PipelineHeader | undefined): Promise<PipelineHeader> => {
    const at = found?.at ?? new Date(now()).toISOString();
    const own = { endpoint, projectId, image: image(Date.parse(at)), groups };
    if (found === undefined) return { type: "pipeline", version: 1, at, ...own };
    const { type: _, version: __, at: ___, ...had } = found;
    if (JSON.stringify(had) === JSON.stringify(own)) return found;
    throw new UsageError(
      `--journal: ${folder} was begun for image ${had.image.name} of server ${had.image.serverId}, groups ${had.groups.join(", ")}, project ${had.projectId} at ${had.endpoint}, and this is another image, group or place. Nothing was sent. Begin another run with another --journal.`,
    );
  };
  return openJournalOf(kind, join(folder, fileName), { resume, header });
}

/** Where the journal of a step is. Those of groups are for `rollout status` and `rollout back` too. */
export function stepJournal(folder: string, step: "image" | { readonly groupId: string }): string {
  return join(folder, step === "image" ? "image.journal" : `group-${step.groupId}.journal`);
}

/** Whether a journal has been begun, so that it is to be resumed. */
export async function hasBegun(path: string): Promise<boolean> {
  return stat(path).then(
    ({ size }) => size > 0,
    () => false,
  );
}
