import { AmbiguousOutcomeError } from "../../errors/ambiguous-outcome-error.ts";
import { ApiError } from "../../errors/api-error.ts";
import { CredentialsError } from "../../errors/credentials-error.ts";
import { JobFailedError } from "../../errors/job-failed-error.ts";
import { TimeoutError } from "../../errors/timeout-error.ts";
import { waitForImageJob } from "../image/wait-for-image-job.ts";
import { serviceTimeMs } from "../service-time.ts";
import { type FleetRun, tell } from "./fleet-run.ts";
import type { FleetState } from "./journal.ts";
import { JournalError, note } from "./note.ts";
import type { FleetImage, FleetOutcome } from "./outcome.ts";
import { recover, startOne } from "./start-one.ts";

/** Brings one image from where its journal ends to its end, or to where the run stops. */
export async function makeOne(run: FleetRun, image: FleetImage, state: FleetState): Promise<FleetOutcome> {
  const { serverId, name } = image;
  const { signal } = run.stop;
  if (state.step === "image") {
    const { jobId, imageId, imageName, durationMs } = state;
    return { serverId, name, result: "made", jobId, imageId, imageName, durationMs };
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
    jobId ??= await startOne(run, image, state.step === "in doubt" ? state.baseline : undefined);
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

async function wait(run: FleetRun, image: FleetImage, jobId: string): Promise<FleetOutcome> {
  const { timeoutMs, firstLookMs, intervalMs } = run.options;
  const { serverId, name } = image;
  const { signal } = run.stop;
  tell(run, { image, step: "waiting", jobId });
  try {
    const { imageId, imageName, job } = await waitForImageJob(run.client, jobId, {
      timeoutMs,
      firstLookMs,
      intervalMs,
      signal,
      onProgress: ({ status, error, job }) =>
        tell(run, { image, step: "waiting", jobId, status: job === undefined ? undefined : status, error }),
    });
    const tookMs = serviceTimeMs(job.end_time) - serviceTimeMs(job.begin_time);
    const durationMs = tookMs >= 0 ? tookMs : undefined;
    await note(run, image, { type: "image", jobId, imageId, imageName, durationMs }, jobId);
    return { serverId, name, result: "made", jobId, imageId, imageName, durationMs };
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

/** Whether every further request would fail alike. The gateway locks a key that is refused several times. */
function endsRun(error: unknown): boolean {
  if (error instanceof AmbiguousOutcomeError) return endsRun(error.outcome.lookError);
  if (error instanceof CredentialsError) return !error.isTransient;
  return error instanceof ApiError && error.status === 401;
}
