import type { ImageBaseline, SubJobFailure } from "@workspace-aps/client";
import type { Place } from "../place.ts";

/** An image to make, in a run. */
export interface FleetRunImage extends Partial<Pick<Place, "account">>, Omit<Place, "account"> {
  /** Id of the image server, which must be ACTIVE or BUILT. */
  readonly serverId: string;
  /** Name of the image: 1 to 128 characters. A lost request is found again by it. */
  readonly name: string;
  /** Description of the image: up to 1,024 characters. */
  readonly description?: string | undefined;
  /** Whether to run Sysprep first. Default: left to the service. */
  readonly executeSysprep?: boolean | undefined;
}

/** Where an image is made. */
export function placeOf({ account = "", region, projectId }: FleetRunImage): Place {
  return { account, region, projectId };
}

/** The states of an image that are no end. */
export const openImageStates = ["waiting", "queued", "in doubt", "job"] as const;

/**
 * How far an image has come. `waiting`: for an approval. `queued`: for its turn. `in doubt`: a request was about to be sent, and
 * no answer to it is noted. `job`: the service makes it. The others are ends.
 */
export type ImageState = (typeof openImageStates)[number] | "made" | "failed" | "refused" | "cancelled";

/** A row of the table of images: the journal of one image. */
export interface ImageRow extends Place {
  readonly run: string;
  readonly serverId: string;
  readonly name: string;
  readonly description: string | null;
  readonly executeSysprep: boolean | null;
  readonly state: ImageState;
  /** The right to send and to note for this image: whoever has it may, and nobody else. Null when nobody works on it. */
  readonly claim: string | null;
  /** How often it was taken up. */
  readonly attempts: number;
  /** The server before the first request. */
  readonly baseline: ImageBaseline | null;
  readonly jobId: string | null;
  readonly imageId: string | null;
  readonly imageName: string | null;
  readonly failures: readonly SubJobFailure[] | null;
  /** Why it was refused, failed or is in doubt. */
  readonly reason: string | null;
  /** Jobs that may be the one, when in doubt. */
  readonly candidateJobIds: readonly string[];
  /** Jobs of earlier tries, which are not the one. */
  readonly otherJobIds: readonly string[];
  readonly startedAt: Date | null;
  readonly changedAt: Date;
}

/** An image whose turn it is. */
export interface QueuedRow extends ImageRow {
  /** When its run was submitted. */
  readonly submittedAt: Date;
}

/** The columns of {@link ImageRow}, by its names. */
export const imageColumns = `i.run, i.account, i.region, i.project_id as "projectId", i.server_id as "serverId", i.name,
  i.description, i.execute_sysprep as "executeSysprep", i.state, i.claim, i.attempts, i.baseline, i.job_id as "jobId",
  i.image_id as "imageId", i.image_name as "imageName", i.failures, i.reason, i.candidate_job_ids as "candidateJobIds",
  i.other_job_ids as "otherJobIds", i.started_at as "startedAt", i.changed_at as "changedAt"`;
