import type { Client } from "../../client.ts";
import { AmbiguousOutcomeError } from "../../errors/ambiguous-outcome-error.ts";
import { ApiError } from "../../errors/api-error.ts";
import { CredentialsError } from "../../errors/credentials-error.ts";
import { JobFailedError } from "../../errors/job-failed-error.ts";
import { TimeoutError } from "../../errors/timeout-error.ts";
import { createImage } from "../image/create-image.ts";
import { findStartedImage } from "../image/find-started-image.ts";
import { waitForImageJob } from "../image/wait-for-image-job.ts";
import type { CreateImagesOptions } from "./create-images.ts";
import type { FleetJournal, FleetRecord, FleetState } from "./journal.ts";
import type { FleetImage, FleetOutcome, FleetProgress } from "./outcome.ts";

/** What the images of a fleet share. */
export interface FleetRun {
  readonly client: Client;
  readonly options: CreateImagesOptions;
  readonly journal: FleetJournal;
  /** Aborted when the run is to end before its work. */
  readonly stop: AbortController;
}

/** Brings one image from where its journal ends to its end, or to where the run stops. */
export async function makeOne(run: FleetRun, image: FleetImage, state: FleetState): Promise<FleetOutcome> {
  const { serverId, name } = image;
  const { signal } = run.stop;
  if (state.step === "image") {
    const { jobId, imageId, imageName } = state;
    return { serverId, name, result: "made", jobId, imageId, imageName };
  }
  if (state.step === "failed" && !run.options.retryFailed) {
    return { serverId, name, result: "failed", jobId: state.jobId, failures: state.failures };
  }
  let jobId = state.step === "job" ? state.jobId : undefined;
  let inDoubt = state.step === "in doubt";
  try {
    signal.throwIfAborted();
    if (state.step === "in doubt") jobId = await recover(run, image, state);
    inDoubt = false;
    jobId ??= await send(run, image);
    return await wait(run, image, jobId);
  } catch (error) {
    const wasStopped = signal.aborted;
    if (error instanceof JournalError) {
      run.stop.abort(error.cause);
      jobId ??= error.jobId;
    } else {
      if (!wasStopped && endsRun(error))
        run.stop.abort(error instanceof AmbiguousOutcomeError ? error.outcome.lookError : error);
      if (inDoubt || error instanceof AmbiguousOutcomeError) return { serverId, name, result: "in doubt", error };
      if (!wasStopped) return { serverId, name, result: "refused", error };
    }
    return { serverId, name, result: "not ended", ...(jobId === undefined ? {} : { jobId }) };
  }
}

/** Tells how an image gets on. A callback that throws ends the run, and makes no image be taken for refused. */
export function tell({ options, stop }: FleetRun, progress: FleetProgress): void {
  try {
    options.onProgress?.(progress);
  } catch (error) {
    stop.abort(error);
  }
}

/**
 * Clocks differ: a job may bear a time before the request that started it was timed here. The gateway refuses signatures
 * that are more than 15 minutes off, and names of images do not repeat, so this much is safe to look back.
 */
const lookBackMs = 900_000;

/** Looks for the job of a request whose answer is not noted. Undefined when there is certainly none. */
async function recover(run: FleetRun, image: FleetImage, state: FleetState & { step: "in doubt" }) {
  tell(run, { image, step: "recovering" });
  const startedAt = new Date(state.startedAt.getTime() - lookBackMs);
  // Jobs of earlier tries, which failed, bear the same name.
  const lost = { serverId: image.serverId, name: image.name, startedAt, otherJobIds: state.failedJobIds };
  const found = await findStartedImage(run.client, lost, { signal: run.stop.signal });
  if (found.verdict === "not started") return undefined;
  if (found.verdict !== "started") throw new AmbiguousOutcomeError({ ...lost, ...found.known }, undefined);
  const { jobId } = found;
  await note(run, image, { type: "job", jobId }, jobId);
  return jobId;
}

/** Sends the request. The signal does not cut it off, because the id of a job that was started must be noted. */
async function send(run: FleetRun, image: FleetImage): Promise<string> {
  const { signal } = run.stop;
  tell(run, { image, step: "sending" });
  signal.throwIfAborted();
  await note(run, image, { type: "start", name: image.name });
  let jobId: string;
  try {
    // The run may have been stopped while the note was written.
    signal.throwIfAborted();
    ({ jobId } = await createImage(run.client, image));
  } catch (error) {
    // What is in doubt has no answer to be noted: its record stays open, and a later run looks for its job.
    if (!(error instanceof AmbiguousOutcomeError)) {
      const reason = error instanceof Error ? error.message : String(error);
      await note(run, image, { type: "refused", reason });
    }
    throw error;
  }
  await note(run, image, { type: "job", jobId }, jobId);
  return jobId;
}

async function wait(run: FleetRun, image: FleetImage, jobId: string): Promise<FleetOutcome> {
  const { timeoutMs, firstLookMs, intervalMs } = run.options;
  const { serverId, name } = image;
  const { signal } = run.stop;
  tell(run, { image, step: "waiting", jobId });
  try {
    const { imageId, imageName } = await waitForImageJob(run.client, jobId, {
      timeoutMs,
      firstLookMs,
      intervalMs,
      signal,
      onProgress: ({ status, error, job }) =>
        tell(run, { image, step: "waiting", jobId, status: job === undefined ? undefined : status, error }),
    });
    await note(run, image, { type: "image", jobId, imageId, imageName }, jobId);
    return { serverId, name, result: "made", jobId, imageId, imageName };
  } catch (error) {
    if (error instanceof JournalError || signal.aborted) throw error;
    if (error instanceof TimeoutError) return { serverId, name, result: "timed out", jobId };
    if (error instanceof JobFailedError) {
      await note(run, image, { type: "failed", jobId, failures: error.failures }, jobId);
      return { serverId, name, result: "failed", jobId, failures: error.failures };
    }
    if (endsRun(error)) run.stop.abort(error);
    return { serverId, name, result: "not seen", jobId, error };
  }
}

/** The journal could not be written, which ends the run. Names the job that should have been noted. */
class JournalError extends Error {
  readonly jobId: string | undefined;

  constructor(cause: unknown, jobId: string | undefined) {
    super("The journal cannot be written.", { cause });
    this.jobId = jobId;
  }
}

type Note = FleetRecord extends infer Record
  ? Record extends FleetRecord
    ? Omit<Record, "at" | "serverId">
    : never
  : never;

async function note(run: FleetRun, { serverId }: FleetImage, entry: Note, jobId?: string): Promise<void> {
  const at = new Date(run.client.settings.now()).toISOString();
  try {
    await run.journal.append({ at, serverId, ...entry } as FleetRecord);
  } catch (cause) {
    throw new JournalError(cause, jobId);
  }
}

/** Whether every further request would fail alike. The gateway locks a key that is refused several times. */
function endsRun(error: unknown): boolean {
  if (error instanceof AmbiguousOutcomeError) return endsRun(error.outcome.lookError);
  if (error instanceof CredentialsError) return !error.isTransient;
  return error instanceof ApiError && error.status === 401;
}
