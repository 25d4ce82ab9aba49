import { UsageError } from "../arguments/usage-error.ts";
import { connect } from "../connection/connect.ts";
import type { Description } from "../failure/description.ts";
import { describeAny, errorDocument, printFailure } from "../failure/report.ts";
import { goesOn, stillRunning, waitCommand } from "../failure/still-running.ts";
import { type EndedJob, endedDocument, endedLines, jobLines } from "../output/ended-job.ts";
import { printResult } from "../output/print.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";
import type { Paint } from "../terminal/streams.ts";
import { kindOf } from "../waiting/kind.ts";
import { waitingOf } from "../waiting/options.ts";
import { showProgress } from "../waiting/progress.ts";
import { waitAndShow } from "../waiting/wait.ts";

/** `aps image wait` and `aps job wait <job-id>...`: waits for jobs, together, and prints what they made. */
export async function wait(context: Context): Promise<number> {
  const { given, interruption, info, log } = context;
  const jobIds = [...new Set(given.positionals)];
  if (jobIds.length === 0) throw new UsageError("<job-id> is required.");
  const waiting = waitingOf(context);
  const client = connect(context);
  const progress = showProgress(log, client.settings.now);
  const kind = info.words === "image wait" ? ("CREATE_SERVER_IMAGE" as const) : undefined;
  const ends = await Promise.allSettled(
    jobIds.map((jobId) =>
      // A job that has ended long ago is not to be waited for.
      waitAndShow(client, { ...waiting, firstLookMs: 0, jobId, kind, signal: interruption.signal, progress }).catch(
        async (error: unknown) => {
          // A wrong id is known at once, and the others may take an hour.
          if (jobIds.length > 1 && !interruption.signal.aborted)
            log.print(`job ${jobId}: ${(await describeAny(error, { info, context })).message}`, { job_id: jobId });
          throw error;
        },
      ),
    ),
  );
  progress.end();
  const failures = await Promise.all(
    ends.map(async (end, index) =>
      end.status === "fulfilled"
        ? undefined
        : stillRunning(await describeAny(end.reason, { info, context }), jobIds[index] ?? "", context),
    ),
  );
  await printResult(context, {
    document: documentOf(ends, failures),
    isOwn: true,
    columns: ["job_id", "job_type", "image_id", "image_name", "begin_time", "end_time", "error.message"],
    idAt: ["image_id", "server_id", "resource_id", "job_id"],
    lines: ({ paint }) => endedTogether(ends, paint),
  });
  const failed = failures.filter((failure) => failure !== undefined);
  for (const failure of together(failed, context)) printFailure(context, failure, { isPrinted: true });
  return Math.max(exitCode.done, ...failed.map((failure) => failure.exitCode));
}

type End = PromiseSettledResult<EndedJob>;

function endedTogether(ends: readonly End[], paint: Paint): string[] {
  const ended = ends.flatMap((end) => (end.status === "fulfilled" ? [end.value] : []));
  return ended.flatMap((one, index) => [
    ...(index > 0 ? [""] : []),
    ...jobLines(one.job.id, kindOf(one.job.job_type), paint),
    ...endedLines(one, paint),
  ]);
}

/** One document for one job, a list for several. */
function documentOf(ends: readonly End[], failures: readonly (Description | undefined)[]): unknown {
  const documents = ends.map((end, index) => {
    if (end.status === "fulfilled") return endedDocument(end.value);
    const failure = failures[index];
    return failure === undefined ? {} : { jobId: failure.facts.jobId, error: errorDocument(failure) };
  });
  return documents.length === 1 ? documents[0] : documents;
}

/** Ctrl-C ends the waiting for every job alike, so it is said once, with one command to go on. */
function together(failures: readonly Description[], context: Context): readonly Description[] {
  const interrupted = failures.filter((failure) => goesOn(failure) && failure.exitCode === exitCode.interrupted);
  const [first] = interrupted;
  if (first === undefined || interrupted.length === 1) return failures;
  const jobIds = interrupted.map(({ facts }) => String(facts.jobId));
  const one: Description = {
    ...first,
    message: `Interrupted. Still running: jobs ${jobIds.join(", ")}.`,
    help: [`Wait for them with: ${waitCommand(jobIds, context)}`],
  };
  return [...failures.filter((failure) => !interrupted.includes(failure)), one];
}
