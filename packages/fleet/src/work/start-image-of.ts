import {
  AmbiguousOutcomeError,
  ApiError,
  ApsError,
  type CallOptions,
  type Client,
  type ImageBaseline,
  NotSentError,
  readBaseline,
  type StartImageOptions,
  startImage,
} from "@workspace-aps/client";
import { recreateServerImage } from "@workspace-aps/client/operations";
import type { Database } from "../database/database.ts";
import { type Claimed, ClaimLostError, claimWithNote, putBack } from "../images/claim.ts";
import type { QueuedRow } from "../images/image.ts";
import { findUnnoted } from "./find-unnoted.ts";
import { isKeyRefused, isRefusal } from "./refusal.ts";

/** What became of an attempt to start an image. */
export interface StartResult {
  /**
   * `not ours`: another worker has it, or it was cancelled meanwhile. `throttled`: nothing was started, and the image is queued
   * again; so it is when the key was refused, which says nothing of the image. `out of reach`: nothing was started either,
   * because no answer of the service came through.
   */
  readonly result: "started" | "refused" | "in doubt" | "not ours" | "throttled" | "out of reach";
  /** How long to wait, in milliseconds, where the service says it. */
  readonly askedMs?: number | undefined;
  /** The error with which the key was refused, if that is why. */
  readonly keyRefusal?: ApsError | undefined;
}

/** When an attempt ends early, and who is told when it is throttled. */
export interface Limits extends Required<Pick<CallOptions, "onThrottled">> {
  /** Nothing new is begun after this. */
  readonly signal: AbortSignal;
  /** What is under way is given up after this. The image is then in doubt. */
  readonly cut: AbortSignal;
}

/**
 * Starts one image of the queue: reads its server, claims it with that as its note, and sends the request while the claim
 * holds.
 *
 * @param row an image whose turn it is, not claimed yet.
 */
export async function startQueued(
  database: Database,
  client: Client,
  row: QueuedRow,
  { signal, cut, onThrottled }: Limits,
): Promise<StartResult> {
  let claimed: Claimed | undefined;
  try {
    // A server that cannot be read is refused before there is anything to be in doubt about.
    const baseline = await readBaseline(client, row.serverId, { signal, onThrottled });
    const jobId = await findUnnoted(database, client, row, baseline, { signal, onThrottled });
    claimed = await claimWithNote(database, row, baseline);
    if (jobId !== undefined) {
      await claimed?.note(noteJob, [jobId]);
      return claimed === undefined ? notOurs : { result: "started" };
    }
  } catch (error) {
    if (!(error instanceof ApsError)) throw error;
    if (isRefusal(error)) {
      claimed = await claimWithNote(database, row, {});
      await claimed?.note("state = 'refused', claim = null, lane = null, reason = $1", [error.message]);
      return claimed === undefined ? notOurs : { result: "refused" };
    }
    // Others may fare better meanwhile.
    await putBack(database, row, error.message);
    return notNow(error);
  }
  return claimed === undefined
    ? notOurs
    : send(claimed, client, { baseline: baselineOf(claimed), signal: cut, onThrottled });
}

const notOurs: StartResult = { result: "not ours" };
const noteJob = "state = 'job', claim = null, lane = null, job_id = $1, reason = null, candidate_job_ids = '{}'";

/** Goes on with an image whose request was sent, or about to be, by a worker that is gone. It looks for the job first. */
export function startTakenOver(claimed: Claimed, client: Client, { cut, onThrottled }: Limits): Promise<StartResult> {
  return send(claimed, client, { earlier: { baseline: baselineOf(claimed) }, signal: cut, onThrottled });
}

function baselineOf({ row }: Claimed): ImageBaseline {
  return row.baseline ?? {};
}

async function send(
  claimed: Claimed,
  client: Client,
  options: StartImageOptions & { readonly signal: AbortSignal },
): Promise<StartResult> {
  const { row, check, note } = claimed;
  const { serverId, name, description, executeSysprep, otherJobIds } = row;
  const image = {
    serverId,
    name,
    ...(description === null ? {} : { description }),
    ...(executeSysprep === null ? {} : { executeSysprep }),
  };
  try {
    const { jobId } = await startImage(client, image, {
      otherJobIds,
      beforeSend: check,
      ...options,
    });
    await note(noteJob, [jobId]);
    return { result: "started" };
  } catch (error) {
    return settle(claimed, error, options.signal);
  }
}

/** Notes why an image was not started, if that is known and still this worker's to say. */
async function settle({ note }: Claimed, error: unknown, signal: AbortSignal): Promise<StartResult> {
  if (error instanceof ClaimLostError) return notOurs;
  if (error instanceof NotSentError) {
    if (error.cause instanceof ClaimLostError) return notOurs;
    // The database could not be asked. The claim stays, and whoever has the lane next looks first.
    throw error.cause;
  }
  if (signal.aborted) {
    // The end of this worker gives the claim back. The request may be under way, so whoever has the lane next looks first.
    await note("claim = null, reason = 'Its worker ended while the request was under way.'");
    return { result: "in doubt" };
  }
  // The database failed, perhaps when the job was to be noted. The claim stays, and whoever has the lane next looks first.
  if (!(error instanceof ApsError)) throw error;
  const reason = error.message;
  if (error instanceof AmbiguousOutcomeError) {
    const { candidateJobIds, lookError } = error.outcome;
    const keyRefusal = lookError instanceof ApsError && isKeyRefused(lookError) ? lookError : undefined;
    // What could not be looked at for want of a key is looked at as soon as there is one: it stays in its lane.
    const lane = keyRefusal === undefined ? "lane = null, " : "";
    await note(`claim = null, ${lane}reason = $1, candidate_job_ids = $2`, [reason, [...candidateJobIds]]);
    return { result: "in doubt", keyRefusal };
  }
  if (isRefusal(error) || isRefusedImage(error)) {
    await note("state = 'refused', claim = null, lane = null, reason = $1", [reason]);
    return { result: "refused" };
  }
  // Nothing was started: its turn comes again.
  await note("state = 'queued', claim = null, lane = null, reason = $1", [reason]);
  return notNow(error);
}

function notNow(error: ApsError): StartResult {
  if (isKeyRefused(error)) return { result: "throttled", keyRefusal: error };
  return error instanceof ApiError && error.status === 429
    ? { result: "throttled", askedMs: error.retryAfterMs }
    : { result: "out of reach" };
}

/** Whatever refuses the request for the image does, in any shape: else it would be sent again and again. */
function isRefusedImage(error: ApsError): boolean {
  if (!(error instanceof ApiError) || error.operationId !== recreateServerImage.id) return false;
  return error.status >= 400 && error.status < 500 && ![401, 408, 429].includes(error.status);
}
