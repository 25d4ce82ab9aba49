import {
  AmbiguousOutcomeError,
  ApiError,
  type Client,
  NotSentError,
  readBaseline,
  startImage,
} from "@workspace-aps/client";
import type { Database } from "../database/database.ts";
import { type Claimed, ClaimLostError, claimWithNote } from "../images/claim.ts";
import type { ImageRow } from "../images/image.ts";

/** What became of an attempt to start an image. */
export type StartResult =
  | "started"
  | "refused"
  | "in doubt"
  /** Another worker has it, or it was cancelled meanwhile. */
  | "not ours"
  /** The service throttles; nothing was started, and the image is queued again. */
  | "throttled"
  /** Nothing could be found out, and nothing was sent. */
  | "out of reach";

/**
 * Starts one image of the queue: reads its server, claims it with that as its note, and sends the request while the claim
 * holds.
 *
 * @param row an image whose turn it is, not claimed yet.
 */
export async function startQueued(
  database: Database,
  client: Client,
  row: ImageRow,
  signal: AbortSignal,
): Promise<StartResult> {
  let claimed: Claimed | undefined;
  try {
    // A server that cannot be read is refused before there is anything to be in doubt about.
    const baseline = await readBaseline(client, row.serverId, { signal });
    claimed = await claimWithNote(database, row, baseline);
  } catch (error) {
    if (!(error instanceof ApiError) || error.status === 429 || error.status >= 500) throw error;
    claimed = await claimWithNote(database, row, {});
    await claimed?.note("state = 'refused', claim = null, lane = null, reason = $1", [error.message]);
    return claimed === undefined ? "not ours" : "refused";
  }
  return claimed === undefined ? "not ours" : send(claimed, client, signal, false);
}

/** Goes on with an image whose request was sent, or about to be, by a worker that is gone. It looks for the job first. */
export function startTakenOver(claimed: Claimed, client: Client, signal: AbortSignal): Promise<StartResult> {
  return send(claimed, client, signal, true);
}

async function send(claimed: Claimed, client: Client, signal: AbortSignal, isTakenOver: boolean): Promise<StartResult> {
  const { row, check, note } = claimed;
  const { serverId, name, description, executeSysprep, otherJobIds } = row;
  const baseline = row.baseline ?? {};
  const image = {
    serverId,
    name,
    ...(description === null ? {} : { description }),
    ...(executeSysprep === null ? {} : { executeSysprep }),
  };
  try {
    const { jobId } = await startImage(client, image, {
      ...(isTakenOver ? { earlier: { baseline } } : { baseline }),
      otherJobIds,
      beforeSend: check,
      signal,
    });
    await note("state = 'job', claim = null, lane = null, job_id = $1, reason = null, candidate_job_ids = '{}'", [
      jobId,
    ]);
    return "started";
  } catch (error) {
    return settle(claimed, error, signal);
  }
}

/** Notes why an image was not started, if that is known and still this worker's to say. */
async function settle({ note }: Claimed, error: unknown, signal: AbortSignal): Promise<StartResult> {
  if (error instanceof ClaimLostError) return "not ours";
  if (error instanceof NotSentError) {
    if (error.cause instanceof ClaimLostError) return "not ours";
    // The database could not be asked. The claim stays, and whoever has the lane next looks first.
    throw error.cause;
  }
  // The end of this worker leaves the claim to the next one: the request may be under way.
  if (signal.aborted) throw error;
  const reason = error instanceof Error ? error.message : String(error);
  if (error instanceof AmbiguousOutcomeError) {
    const { candidateJobIds } = error.outcome;
    await note("claim = null, lane = null, reason = $1, candidate_job_ids = $2", [reason, [...candidateJobIds]]);
    return "in doubt";
  }
  if (error instanceof ApiError && error.status !== 429) {
    await note("state = 'refused', claim = null, lane = null, reason = $1", [reason]);
    return "refused";
  }
  // Nothing was started: its turn comes again.
  await note("state = 'queued', claim = null, lane = null, reason = $1", [reason]);
  return error instanceof ApiError ? "throttled" : "out of reach";
}
