import { UsageError } from "../arguments/usage-error.ts";
import { connect } from "../connection/connect.ts";
import type { Description } from "../failure/describe.ts";
import { describeAny, errorDocument, printFailure } from "../failure/report.ts";
import { goesOn, stillRunning, waitCommand } from "../failure/still-running.ts";
import { type EndedJob, endedDocument, endedLines, jobLines } from "../output/ended-job.ts";
import { formatOf, printJson, printLines } from "../output/result.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";
import type { Streams } from "../terminal/streams.ts";
import { kindOf } from "../waiting/kind.ts";
import { waitingOf } from "../waiting/options.ts";
import { showProgress } from "../waiting/progress.ts";
import { waitAndShow } from "../waiting/wait.ts";

/** `aps image wait` and `aps job wait <job-id>...`: waits for jobs, together, and prints what they made. */
export async function wait(context: Context): Promise<number> {
  const { given, host, interruption, info } = context;
  const jobIds = [...new Set(given.positionals)];
  if (jobIds.length === 0) throw new UsageError("<job-id> is required.", info.words);
  const format = formatOf(given, host);
  const waiting = waitingOf(given);
  const client = connect(given, host);
  const progress = showProgress(host, client.settings.now);
  const kind = info.words === "image wait" ? ("CREATE_SERVER_IMAGE" as const) : undefined;
  const ends = await Promise.allSettled(
    jobIds.map((jobId) =>
      // A job that has ended long ago is not to be waited for.
      waitAndShow(client, { ...waiting, firstLookMs: 0, jobId, kind, signal: interruption.signal, progress }),
    ),
  );
  progress.end();
  const failures = await Promise.all(
    ends.map(async (end, index) =>
      end.status === "fulfilled"
        ? undefined
        : stillRunning(await describeAny(end.reason, info), jobIds[index] ?? "", context),
    ),
  );
  if (format === "json") printJson(host, documentOf(ends, failures));
  else printEnded(host, ends);
  const failed = failures.filter((failure) => failure !== undefined);
  for (const failure of together(failed, context)) printFailure(failure, host, { json: false });
  return Math.max(exitCode.done, ...failed.map((failure) => failure.exitCode));
}

type End = PromiseSettledResult<EndedJob>;

function printEnded(host: Streams, ends: readonly End[]): void {
  const ended = ends.flatMap((end) => (end.status === "fulfilled" ? [end.value] : []));
  printLines(host, (paint) =>
    ended.flatMap((one, index) => [
      ...(index > 0 ? [""] : []),
      ...jobLines(one.job.id, kindOf(one.job.job_type), paint),
      ...endedLines(one, paint),
    ]),
  );
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
