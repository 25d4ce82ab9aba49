import type { MadeImage } from "@workspace-aps/client";
import { UsageError } from "../arguments/usage-error.ts";
import { connect } from "../connection/connect.ts";
import type { Description } from "../failure/describe.ts";
import { describeAny, errorDocument, printFailure } from "../failure/report.ts";
import { stillRunning } from "../failure/still-running.ts";
import { imageDocument, imageLines } from "../output/image.ts";
import { formatOf, printJson, printLines } from "../output/result.ts";
import type { Context } from "../program/context.ts";
import type { Streams } from "../terminal/streams.ts";
import { waitingOf } from "../waiting/options.ts";
import { showProgress } from "../waiting/progress.ts";
import { waitAndShow } from "../waiting/wait.ts";

/** `aps image wait <job-id>...`: waits for jobs, together, and prints their images. */
export async function imageWait(context: Context): Promise<number> {
  const { given, streams, interruption, info } = context;
  const jobIds = [...new Set(given.positionals)];
  if (jobIds.length === 0) throw new UsageError("<job-id> is required.", info.words);
  const format = formatOf(given, streams);
  const waiting = waitingOf(given);
  const client = connect(given, streams.environment);
  const progress = showProgress(streams, client.settings.now);
  const ends = await Promise.allSettled(
    jobIds.map((jobId) =>
      waitAndShow(client, { ...waiting, jobId, label: `job ${jobId}`, signal: interruption.signal, progress }),
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
  if (format === "json") printJson(streams, documentOf(ends, failures));
  else printImages(streams, ends);
  for (const failure of failures) if (failure !== undefined) printFailure(failure, streams, { json: false });
  return Math.max(0, ...failures.map((failure) => failure?.exitCode ?? 0));
}

type End = PromiseSettledResult<MadeImage>;

function printImages(streams: Streams, ends: readonly End[]): void {
  const images = ends.flatMap((end) => (end.status === "fulfilled" ? [end.value] : []));
  printLines(streams, (paint) =>
    images.flatMap((image, index) => [...(index > 0 ? [""] : []), ...imageLines(image, true, paint)]),
  );
}

/** One document for one job, a list for several. */
function documentOf(ends: readonly End[], failures: readonly (Description | undefined)[]): unknown {
  const documents = ends.map((end, index) => {
    if (end.status === "fulfilled") return imageDocument(end.value);
    const failure = failures[index];
    return failure === undefined ? {} : { jobId: failure.facts.jobId, error: errorDocument(failure) };
  });
  return documents.length === 1 ? documents[0] : documents;
}
