import type { Client } from "../../client.ts";
import { ApsError } from "../../errors/aps-error.ts";
import { TimeoutError } from "../../errors/timeout-error.ts";
import { hasEnded } from "../../job.ts";
import type { FollowOptions } from "./follow-job.ts";
import type { AnyJob, ListedJobFamily } from "./job-family.ts";
import { isNotFound } from "./look-at-job.ts";
import { type LookOf, lookAtJobs } from "./look-at-jobs.ts";
import { lookLimits } from "./look-limits.ts";
import { pause } from "./pause.ts";
import { readResumeToken, resumePointFor } from "./resume-token.ts";
import { unseenMs, waitEnded } from "./wait-ended.ts";

/** How one of many jobs ended. */
export type OutcomeOf<Made> =
  | ({ readonly result: "made" } & Made)
  /** A {@link JobFailedError}; or why the service would not show the job, or what it made, with a resume token. */
  | { readonly result: "failed"; readonly error: unknown };

/** How to wait for many jobs, and whom to tell. */
export interface WaitManyOptions<Outcome> extends FollowOptions {
  /** Called as each job ends. An exception that it throws ends the waiting; the jobs go on. */
  readonly onOutcome?: ((jobId: string, outcome: Outcome) => void) | undefined;
}

/** What a {@link TimeoutError} of a wait for many jobs holds in `observed`. */
export interface ObservedOf<Outcome> {
  /** The jobs that go on. */
  readonly jobIds: readonly string[];
  /** How those ended that have ended, by their ids. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
}

/**
 * Waits for many jobs of a family, in one project, with one timer. See {@link lookAtJobs} for the requests of each
 * interval. A job that the service does not show (404) for 5 minutes ends as failed, and the others are waited for.
 *
 * @param jobs ids of jobs, or resume tokens of earlier waits.
 * @returns how each job ended, by its id.
 * @throws ValidationError before anything is sent, for a resume token that cannot be read, or is of another place.
 * @throws TimeoutError when time ran out; `observed` is {@link ObservedOf}.
 * @throws ApiError when the service refuses to list jobs (401, 403); the jobs go on.
 * @throws CredentialsError when there are no credentials, or IAM refuses them; the jobs go on.
 */
export async function waitForJobs<Job extends AnyJob, Made>(
  client: Client,
  family: ListedJobFamily<Job, Made>,
  jobs: Iterable<string>,
  options: WaitManyOptions<OutcomeOf<Made>> = {},
): Promise<ReadonlyMap<string, OutcomeOf<Made>>> {
  const { facts } = family;
  const { monotonicNow: now, onEvent } = client.settings;
  const timeoutMs = options.timeoutMs ?? family.limitMs;
  const startedAt = now();
  let deadline = startedAt + timeoutMs;
  const pending = new Map([...jobs].map((job) => [resumePointFor(client, job).jobId, job]));
  const outcomes = new Map<string, OutcomeOf<Made>>();
  const succeeded = new Map<string, number>();
  let pauseMs = options.firstLookMs ?? facts.pace.firstLookSeconds * 1000;
  while (pending.size > 0) {
    const remaining = deadline - now();
    if (remaining <= 0) {
      const message = `${pending.size} jobs have not ended within ${timeoutMs} ms. They go on; wait for them again by their ids.`;
      const observed: ObservedOf<OutcomeOf<Made>> = { jobIds: [...pending.keys()], outcomes };
      throw new TimeoutError(message, timeoutMs, { observed });
    }
    const hasJumped = await pause(client.settings, Math.min(pauseMs, remaining), options.signal);
    pauseMs = options.intervalMs ?? facts.pace.intervalSeconds * 1000;
    if (hasJumped) deadline = Math.max(deadline, now() + 2 * pauseMs);
    const limits = lookLimits(client, deadline, { signal: options.signal });
    try {
      await lookAtJobs(client, family, pending.values(), Object.assign(limits, { onLook }));
    } catch (error) {
      options.signal?.throwIfAborted();
      throw waitEnded(error, client.settings, [...pending.values()]);
    }
  }
  return outcomes;

  function onLook(jobId: string, look: LookOf<Job, Made>): void {
    const elapsedMs = now() - startedAt;
    const status = look.result === "not seen" ? "unknown" : look.status;
    const delayMs = Math.max(0, Math.min(pauseMs, deadline - now()));
    onEvent?.({ type: "poll", jobId, status, elapsedMs, delayMs });
    const outcome = outcomeOf(pending.get(jobId) ?? jobId, look, elapsedMs);
    if (outcome === undefined) return;
    pending.delete(jobId);
    outcomes.set(jobId, outcome);
    options.onOutcome?.(jobId, outcome);
  }

  function outcomeOf(job: string, look: LookOf<Job, Made>, elapsedMs: number): OutcomeOf<Made> | undefined {
    if (look.result === "made") {
      const { status: _status, job: _job, ...outcome } = look;
      return outcome as unknown as OutcomeOf<Made>;
    }
    if (look.result === "failed") return { result: "failed", error: look.error };
    if (look.result === "not seen") {
      const mayAppear = look.isPassing || (isNotFound(look.error) && elapsedMs < unseenMs);
      return mayAppear ? undefined : { result: "failed", error: waitEnded(look.error, client.settings, [job]) };
    }
    if (!hasEnded(facts, look.status)) return undefined;
    const since = succeeded.get(job) ?? now();
    succeeded.set(job, since);
    if (now() - since < unseenMs) return undefined;
    return {
      result: "failed",
      error: waitEnded(
        new ApsError(`Job ${readResumeToken(job).jobId} ended as ${look.status}, but names no ${family.makes}.`),
        client.settings,
        [job],
      ),
    };
  }
}
