import { UsageError } from "../arguments/usage-error.ts";
import type { Command } from "../command.ts";
import { connect } from "../connection/connect.ts";
import { waitCommand } from "../failure/still-running.ts";
import { serverJob } from "../generated/job.ts";
import { commandLine } from "../help/quote.ts";
import { printResult } from "../output/print.ts";
import { resultOf } from "../output/result-of.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";
import { hold } from "../program/hold.ts";
import type { RequestParts } from "../request/build.ts";
import { methodOf } from "../request/method.ts";
import { type ServerWork, serverFollowing } from "../waiting/server-jobs.ts";

/** Starts jobs on application servers, and waits for them when asked to. */
export async function startServerJobs(context: Context, command: Command, request: RequestParts): Promise<number> {
  const { given, interruption, log, output } = context;
  const call = hold(context, command.operationId, [
    commandLine(["app-server", "list"]),
    commandLine(["server-sub-job", "list", "--job-type", command.serverJobKind ?? ""]),
  ]);
  const following = serverFollowing(context);
  const client = connect(context, (event) => {
    call.onEvent(event);
    following.onEvent(event);
  });
  const whole = command.needsBody ? { ...request, body: request.body ?? {} } : request;
  const answer = await call.run(() => methodOf(client, command.method)(whole, { signal: call.signal }));
  const work = workOf(answer, request);
  const jobIds = [...new Set(work.flatMap(({ jobId }) => jobId || []))];
  if (given.switches.get("wait") === true) {
    // The id of a job that was started must not be lost, whatever becomes of this program.
    for (const { jobId, serverId } of work)
      if (jobId)
        log.print(`job ${jobId} started${serverId === undefined ? "" : ` for ${serverId}`}`, { job_id: jobId });
    return following.wait(client, work, command.serverJobKind);
  }
  await printResult(context, resultOf(context, command, answer));
  if (output.format === "table" && jobIds.length > 0) log.note(`Wait with: ${waitCommand(jobIds, context)}`);
  if (interruption.signal.aborted) return exitCode.interrupted;
  return work.some(({ jobId }) => !jobId) ? exitCode.refused : exitCode.done;
}

/** `aps server-job wait <job-id>...` */
export async function serverJobWait(context: Context): Promise<number> {
  const { given } = context;
  const jobIds = [...new Set(given.positionals)];
  if (jobIds.length === 0) throw new UsageError("<job-id> is required.");
  const following = serverFollowing(context);
  const client = connect(context, following.onEvent);
  return following.wait(
    client,
    jobIds.map((jobId) => ({ jobId })),
  );
}

interface Answer {
  readonly items?: readonly Readonly<Record<"server_id" | "job_id" | "error_code" | "error_message", string>>[];
}

/** What an answer says of each server: a job for each, or one job for all. */
function workOf(answer: unknown, { path }: RequestParts): ServerWork[] {
  const { items } = answer as Answer;
  if (items !== undefined)
    return items.map(({ server_id: serverId, job_id: jobId, error_code: code = "", error_message: message = "" }) => ({
      serverId,
      jobId,
      refusal: `${code} ${message}`.trim(),
    }));
  const jobId = (answer as Readonly<Record<string, string>>)[serverJob.startedJobId.slice(1)];
  const serverId = path?.server_id;
  return [{ jobId, serverId: serverId === undefined ? undefined : String(serverId) }];
}
