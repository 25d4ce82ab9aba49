import { type FullClient, paginate } from "@workspace-aps/client";
import { UsageError } from "../arguments/usage-error.ts";
import { confirm, refuseUnasked } from "../care/confirm.ts";
import { type Going, lookAt, refuseUnknown } from "../care/what-goes.ts";
import type { Command } from "../command.ts";
import { connect } from "../connection/connect.ts";
import { describeAny, errorDocument, printFailure } from "../failure/report.ts";
import { stillRunning, waitCommand } from "../failure/still-running.ts";
import { job as jobFacts } from "../generated/job.ts";
import { commandLine } from "../help/quote.ts";
import type { Context } from "../program/context.ts";
import { hold } from "../program/hold.ts";
import type { RequestParts } from "../request/build.ts";
import { methodOf } from "../request/method.ts";
import { refuseBroken } from "../request/refuse-broken.ts";
import { type Kind, kindStartedBy } from "../waiting/kind.ts";
import { waitingOf } from "../waiting/options.ts";
import { showProgress } from "../waiting/progress.ts";
import { type ServerWork, serverFollowing } from "../waiting/server-jobs.ts";
import { waitAndShow } from "../waiting/wait.ts";
import { reportTaken, type Taken } from "./report-taken.ts";

/**
 * Takes things away: shows which, asks a person, sends them in as many requests as the contract's limit needs, waits when
 * asked to, and says of each what became of it.
 */
export async function takeAway(context: Context, command: Command, request: RequestParts): Promise<number> {
  const { given, interruption } = context;
  const { signal } = interruption;
  const ids = [...new Set((request.body?.items ?? []) as readonly string[])];
  const kind = kindStartedBy(command.operationId);
  const call = hold(context, command.operationId, [
    commandLine([command.words[0], "list"]),
    ...(kind === undefined ? [] : [commandLine(["job", "list", "--job-type", kind])]),
  ]);
  const following = serverFollowing(context);
  const client = connect(context, (event) => {
    call.onEvent(event);
    following.onEvent(event);
  });
  const method = methodOf(client, command.method);
  const most = command.positionals.find(({ many }) => many)?.most ?? ids.length;
  const batches = Array.from({ length: Math.ceil(ids.length / most) }, (_, index) =>
    ids.slice(index * most, (index + 1) * most),
  );
  if (ids.length === 0) throw new UsageError(`<${command.positionals[0]?.name ?? "id"}> is required.`);
  for (const items of batches) await refuseBroken(method, { ...request, body: { ...request.body, items } });
  refuseUnasked(context);
  const { going, unknown } = await lookAt(client, command, ids, signal);
  refuseUnknown(unknown);
  await confirm(context, going, `${command.words[1]} ${going.length} ${going.length === 1 ? "item" : "items"}`);
  const jobIds: string[] = [];
  const work: ServerWork[] = [];
  for (const items of batches) {
    signal.throwIfAborted();
    const answer = await call.run(() =>
      method({ ...request, body: { ...request.body, items } }, { signal: call.signal }),
    );
    const jobId = (answer as Readonly<Record<string, unknown>> | undefined)?.[jobFacts.startedJobId.slice(1)];
    if (typeof jobId !== "string") continue;
    jobIds.push(jobId);
    work.push(...items.map((serverId) => ({ serverId, jobId })));
    context.log.print(`job ${jobId} started for ${items.join(", ")}`, { job_id: jobId });
  }
  if (command.serverJobKind !== undefined && given.switches.get("wait") === true)
    return following.wait(client, work, command.serverJobKind);
  return (kind === undefined && command.serverJobKind === undefined) || jobIds.length === 0
    ? reportTaken(
        context,
        going.map((one) => ({ ...one, result: "done" })),
        {},
      )
    : followed(context, client, { going, jobIds, kind });
}

interface Followed {
  readonly going: readonly Going[];
  readonly jobIds: readonly string[];
  readonly kind: Kind | undefined;
}

async function followed(context: Context, client: FullClient, { going, jobIds, kind }: Followed): Promise<number> {
  const { given, info, interruption, log } = context;
  const [first = ""] = jobIds;
  const jobs = jobIds.length === 1 ? { job_id: first } : { job_ids: jobIds };
  if (given.switches.get("wait") !== true) {
    if (context.output.format === "table") log.note(`Wait for it with: ${waitCommand(jobIds, context)}`);
    return reportTaken(
      context,
      going.map((one) => ({ ...one, result: "started" })),
      jobs,
    );
  }
  const progress = showProgress(log, client.settings.now);
  const { signal } = interruption;
  const ends = await Promise.allSettled(
    jobIds.map((jobId) =>
      waitAndShow(client, {
        ...{ ...waitingOf(context), jobId, kind, signal, progress },
        // Several jobs are told apart by their ids.
        ...(jobIds.length === 1 ? { label: info.words } : {}),
      }),
    ),
  );
  progress.end();
  const parts = await partsOf(client, jobIds);
  const items = going.map((one): Taken => ({ ...one, ...(parts.get(one.id) ?? { result: "unknown" }) }));
  const failures = ends.flatMap((end, index) =>
    end.status === "rejected" ? [{ end, jobId: jobIds[index] ?? "" }] : [],
  );
  const described = await Promise.all(
    failures.map(async ({ end, jobId }) =>
      stillRunning(await describeAny(end.reason, { info, context }), jobId, context),
    ),
  );
  const [error] = described;
  const times = ends.flatMap((end) => (end.status === "fulfilled" ? [end.value.job] : []))[0];
  const facts = {
    ...jobs,
    job_type: kind,
    begin_time: times?.begin_time,
    end_time: times?.end_time,
    ...(error === undefined ? {} : { error: errorDocument(error) }),
  };
  const code = await reportTaken(context, items, facts);
  for (const failure of described) printFailure(context, failure, { isPrinted: true });
  return Math.max(code, ...described.map((failure) => failure.exitCode));
}

/** What became of each thing, by its id, as the parts of the jobs say. */
async function partsOf(
  client: FullClient,
  jobIds: readonly string[],
): Promise<Map<string, Pick<Taken, "result" | "reason">>> {
  const found = new Map<string, Pick<Taken, "result" | "reason">>();
  for (const jobId of jobIds) {
    const query = { job_type: "", job_id: jobId } as never;
    try {
      for await (const part of paginate(client.listImageSubJobs, { query })) {
        const id = part.job_resource_info?.resource_id;
        const { error_code: code = "", error_message: message = "" } = (part.job_execute_info ?? {}) as Record<
          string,
          string
        >;
        const isDone = (jobFacts.subJobs.states.done as readonly string[]).includes(part.status);
        const isFailed = (jobFacts.subJobs.states.failed as readonly string[]).includes(part.status);
        if (id === undefined) continue;
        found.set(id, {
          result: isDone ? "done" : isFailed ? "failed" : "started",
          ...(code || message ? { reason: `${code} ${message}`.trim() } : {}),
        });
      }
    } catch {
      // What became of each is not known then, and said so.
    }
  }
  return found;
}
