import {
  type ClientEvent,
  type FullClient,
  JobFailedError,
  type ServerJobOutcome,
  waitForServerJobs,
} from "@workspace-aps/client";
import type { Description } from "../failure/description.ts";
import { describeAny, errorDocument, printFailure } from "../failure/report.ts";
import { goesOn, waitCommand } from "../failure/still-running.ts";
import { serverJob } from "../generated/job.ts";
import { printResult } from "../output/print.ts";
import { type ServerItem, serverItemsResult } from "../output/server-items.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";
import { waitingOf } from "./options.ts";
import { showProgress, type Watched } from "./progress.ts";

/** What was asked for one application server: the job that works for it, or why there is none. */
export interface ServerWork {
  readonly serverId?: string | undefined;
  readonly jobId?: string | undefined;
  readonly refusal?: string | undefined;
}

/** The jobs of application servers that a command waits for. */
export interface ServerFollowing {
  /** For the client, which tells of every look. */
  onEvent(event: ClientEvent): void;
  /** Waits until all have ended, says of each server what became of it, and resolves to the exit code. */
  wait(client: FullClient, work: readonly ServerWork[], kind?: string): Promise<number>;
}

/** The kinds of jobs on application servers that the contract knows. */
const kinds: Readonly<Record<string, { readonly typicalSeconds: number; readonly limitSeconds: number }>> =
  serverJob.kinds;

/** Follows jobs of application servers: one moving line for each on a terminal, a line for each change elsewhere. */
export function serverFollowing(context: Context): ServerFollowing {
  const { info, interruption, log } = context;
  const watched = new Map<string, Watched>();
  let changed: (one: Watched) => void = () => {};
  return {
    onEvent(event) {
      const one = event.type === "poll" ? watched.get(event.jobId) : undefined;
      if (one === undefined || event.type !== "poll") return;
      one.status = event.status;
      changed(one);
    },
    async wait(client, work, kind) {
      const jobIds = [...new Set(work.flatMap(({ jobId }) => jobId || []))];
      const { now } = client.settings;
      const progress = showProgress(log, now);
      changed = progress.changed;
      for (const jobId of jobIds) {
        const servers = work.flatMap((one) => (one.jobId === jobId ? (one.serverId ?? []) : []));
        const label = servers.length === 1 ? servers[0] : undefined;
        const typicalSeconds = kind === undefined ? undefined : kinds[kind]?.typicalSeconds;
        watched.set(jobId, { jobId, label, kind: undefined, typicalSeconds, startedAtMs: now() });
      }
      const outcomes = new Map<string, ServerJobOutcome>();
      const limitSeconds = kind === undefined ? undefined : kinds[kind]?.limitSeconds;
      let failure: Description | undefined;
      try {
        await waitForServerJobs(client, jobIds, {
          ...(limitSeconds === undefined ? {} : { timeoutMs: limitSeconds * 1_000 }),
          ...waitingOf(context),
          signal: interruption.signal,
          onOutcome(jobId, outcome) {
            outcomes.set(jobId, outcome);
            const one = watched.get(jobId);
            if (one === undefined) return;
            one.status = outcome.result === "made" ? "SUCCESS" : "FAILED";
            one.hasEnded = true;
            changed(one);
            progress.ended(one);
          },
        });
      } catch (error) {
        const pending = jobIds.filter((jobId) => !outcomes.has(jobId));
        failure = goOnWith(await describeAny(error, { info, context }), pending, context);
      }
      progress.end();
      const items = work.flatMap((one) => itemsOf(one, outcomes.get(one.jobId ?? "")));
      const error = failure === undefined ? {} : { error: errorDocument(failure) };
      await printResult(context, serverItemsResult({ items, ...error }, context));
      if (failure !== undefined) printFailure(context, failure, { isPrinted: true });
      return Math.max(failure?.exitCode ?? exitCode.done, ...items.map(({ result }) => codes[result]));
    },
  };
}

const codes: Readonly<Record<ServerItem["result"], number>> = {
  done: exitCode.done,
  // The failure that ended the waiting has a code of its own.
  running: exitCode.done,
  refused: exitCode.refused,
  failed: exitCode.jobFailed,
  in_doubt: exitCode.inDoubt,
};

/** The waiting has ended and the jobs have not: which, and how to wait for them. */
function goOnWith(failure: Description, pending: readonly string[], context: Context): Description {
  if (pending.length === 0 || !goesOn(failure)) return failure;
  const isInterrupted = failure.exitCode === exitCode.interrupted;
  const what = `Still running: ${pending.length === 1 ? "job" : "jobs"} ${pending.join(", ")}.`;
  return {
    ...failure,
    message: isInterrupted ? `Interrupted. ${what}` : failure.message,
    help: [...(isInterrupted ? [] : failure.help), `Wait with: ${waitCommand(pending, context)}`],
    facts: { ...failure.facts, job_ids: pending },
  };
}

function itemsOf({ serverId, jobId, refusal }: ServerWork, outcome: ServerJobOutcome | undefined): ServerItem[] {
  const about = { ...(serverId === undefined ? {} : { server_id: serverId }), ...(jobId ? { job_id: jobId } : {}) };
  if (!jobId) return [{ ...about, result: refusal ? "refused" : "in_doubt", ...(refusal ? { reason: refusal } : {}) }];
  if (outcome === undefined) return [{ ...about, result: "running" }];
  if (outcome.result === "failed") return [{ ...about, result: "failed", reason: reasonOf(outcome.error) }];
  const { serverIds } = outcome.done;
  // A job that makes servers names them when it has ended.
  if (serverId !== undefined || serverIds.length === 0) return [{ ...about, result: "done" }];
  return serverIds.map((server_id) => ({ server_id, ...about, result: "done" }));
}

function reasonOf(error: unknown): string {
  if (error instanceof JobFailedError && error.failures.length > 0)
    return error.failures.map(({ code, message }) => `${code ?? ""} ${message ?? ""}`.trim()).join("; ");
  return error instanceof Error ? error.message : String(error);
}
