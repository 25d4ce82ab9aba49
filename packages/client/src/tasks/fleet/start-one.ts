import { AmbiguousOutcomeError } from "../../errors/ambiguous-outcome-error.ts";
import { ApiError } from "../../errors/api-error.ts";
import { NotSentError } from "../../errors/not-sent-error.ts";
import { type ImageBaseline, readBaseline } from "../image/baseline.ts";
import { baselineSince } from "../image/baseline-since.ts";
import { findStartedImage } from "../image/find-started-image.ts";
import { startImage } from "../image/start-image.ts";
import { type FleetRun, tell } from "./fleet-run.ts";
import type { FleetState } from "./journal.ts";
import { JournalError, note } from "./note.ts";
import type { FleetImage } from "./outcome.ts";

type InDoubt = FleetState & { readonly step: "in doubt" };

/** Time to find out what became of a request of an earlier run, in milliseconds, should the service be out of reach. */
const searchMs = 600_000;

/**
 * Looks for the job of a request whose answer is not noted.
 *
 * @returns its id; undefined when there is certainly none, which is noted.
 * @throws AmbiguousOutcomeError when it cannot be told.
 */
export async function recover(run: FleetRun, image: FleetImage, state: InDoubt): Promise<string | undefined> {
  tell(run, { image, step: "recovering" });
  const { client, jobIds } = run;
  const { serverId } = image;
  const { baseline, starts, name } = state;
  const lost = { serverId, name, baseline, otherJobIds: jobIds };
  const deadline = client.settings.monotonicNow() + searchMs;
  const call = { signal: run.stop.signal, onThrottled: throttledWith(run, image) };
  const found = await findStartedImage(client, lost, call, { deadline });
  if (found.verdict === "unknown") {
    const { verdict: _, isOthers: __, ...seen } = found;
    const startedAt = new Date(baseline.at ?? Number.NaN);
    throw new AmbiguousOutcomeError({ serverId, name, startedAt, ...seen }, undefined);
  }
  const [start, ...more] = starts;
  if (found.verdict === "started") {
    const { jobId } = found;
    jobIds.add(jobId);
    await note(run, image, { type: "job", start, jobId }, jobId);
    return jobId;
  }
  for (const id of [start, ...more])
    await note(run, image, { type: "refused", start: id, reason: "It started nothing." });
  return undefined;
}

/**
 * Sends the request, in its turn, and again for as long as it is throttled.
 *
 * @param earlier the server before an earlier request that has certainly started nothing.
 */
export async function startOne(run: FleetRun, image: FleetImage, earlier: ImageBaseline | undefined): Promise<string> {
  const { monotonicNow: now, onEvent } = run.client.settings;
  const { timeoutMs = 3_600_000 } = run.options;
  const deadline = now() + timeoutMs;
  let since = earlier;
  const onRead = (read: ImageBaseline) => {
    since = baselineSince(since, read);
    return since;
  };
  for (let attempt = 1; ; attempt++) {
    try {
      return await run.gate.pass(() => send(run, image, onRead), run.stop.signal);
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 429) || now() >= deadline) throw error;
      const delayMs = run.gate.slowDown(error.retryAfterMs);
      onEvent?.({ type: "retry", operationId: error.operationId, attempt, delayMs, reason: `status ${error.status}` });
      tell(run, { image, step: "throttled", error });
    }
  }
}

/** Whoever is throttled is not alone: the others wait as well, while this one is sent again by itself. */
function throttledWith(run: FleetRun, image: FleetImage): (delayMs: number) => void {
  return (delayMs) => {
    run.gate.slowDown(delayMs);
    tell(run, { image, step: "throttled" });
  };
}

/**
 * The signal does not cut it off, because the id of a job that was started must be noted.
 *
 * @param sinceWhen given the server as it is read here, tells what it was like before the first request for this image.
 */
async function send(
  run: FleetRun,
  image: FleetImage,
  sinceWhen: (read: ImageBaseline) => ImageBaseline,
): Promise<string> {
  const { client, claim, jobIds } = run;
  const { signal } = run.stop;
  const { serverId, name, description, executeSysprep } = image;
  const onThrottled = throttledWith(run, image);
  const baseline = sinceWhen(await readBaseline(client, serverId, { signal, onThrottled }));
  tell(run, { image, step: "sending" });
  signal.throwIfAborted();
  const start = crypto.randomUUID();
  await note(run, image, { type: "start", id: start, name, details: { description, executeSysprep }, baseline });
  let jobId: string;
  try {
    // The run may have been stopped while the note was written.
    signal.throwIfAborted();
    const beforeSend = () => claim?.check();
    ({ jobId } = await startImage(client, image, { baseline, otherJobIds: jobIds, beforeSend, onThrottled }));
  } catch (error) {
    // What is in doubt has no answer to be noted: its record stays open, and a later run looks for its job.
    if (error instanceof AmbiguousOutcomeError) throw error;
    if (error instanceof NotSentError) throw new JournalError(error.cause, undefined);
    const reason = error instanceof Error ? error.message : String(error);
    await note(run, image, { type: "refused", start, reason });
    throw error;
  }
  jobIds.add(jobId);
  await note(run, image, { type: "job", start, jobId }, jobId);
  return jobId;
}
