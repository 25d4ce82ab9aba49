import { paginate } from "@workspace-aps/client";
import { UsageError } from "../arguments/usage-error.ts";
import type { Command } from "../command.ts";
import { connect } from "../connection/connect.ts";
import { job } from "../generated/job.ts";
import { commandLine } from "../help/quote.ts";
import { formatOf, printJson, printLines } from "../output/result.ts";
import { viewLines } from "../output/view.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";
import { hold } from "../program/hold.ts";
import { buildRequest, type RequestParts } from "../request/build.ts";
import { isDryRun } from "../request/is-dry-run.ts";
import { type AnyMethod, methodOf } from "../request/method.ts";
import { kindStartedBy } from "../waiting/kind.ts";
import { refuseIdleWaiting } from "../waiting/options.ts";

/** Calls the operation of a command and prints its answer, or waits for the job that it started when asked to. */
export async function operation(context: Context): Promise<number> {
  const { given, host } = context;
  const { command } = context.info;
  if (command === undefined) throw new Error(`"${context.info.words}" calls no operation.`);
  // What is wrong with the options is said before anything is sent.
  formatOf(given, host);
  if (command.startsJob) refuseIdleWaiting(given, context.info.words);
  const request = await buildRequest(command, given, host);
  refuseEmpty(context, command, request);
  if (isDryRun(given)) return (await import("../request/dry-run.ts")).printRequest(context, command, request);
  return command.readsOnly ? read(context, command, request) : change(context, command, request);
}

async function read(context: Context, command: Command, request: RequestParts): Promise<number> {
  const client = connect(context.given, context.host);
  const method = methodOf(client, command.method);
  const { signal } = context.interruption;
  const isAll = context.given.switches.get("all") === true;
  const answer = await (isAll ? everything(method, request, signal) : method(request, { signal }));
  // What was asked for is the same in every row.
  const asked = (name: string | undefined) => name !== undefined && Boolean(request.query[name]);
  const columns = command.view.columns.filter(({ at }) => !(command.view.list !== undefined && asked(at[0])));
  print(context, { ...command, view: { ...command.view, columns } }, answer);
  return exitCode.done;
}

async function change(context: Context, command: Command, request: RequestParts): Promise<number> {
  const { given, host, interruption } = context;
  const kind = kindStartedBy(command.operationId);
  const call = hold(context, command.operationId, [
    commandLine(["server", "list"]),
    ...(kind === undefined ? [] : [commandLine(["job", "list", "--job-type", kind])]),
  ]);
  const client = connect(given, host, call.onEvent);
  const answer = await call.run(() => methodOf(client, command.method)(request, { signal: call.signal }));
  const jobId = (answer as Readonly<Record<string, unknown>> | undefined)?.[job.startedJobId.slice(1)];
  if (kind !== undefined && typeof jobId === "string" && jobId !== "") {
    const { afterStart } = await import("../waiting/after-start.ts");
    return afterStart(context, client, { jobId, kind, document: answer, label: command.summary });
  }
  print(context, command, answer);
  return interruption.signal.aborted ? exitCode.interrupted : exitCode.done;
}

function print({ host, given }: Context, command: Command, answer: unknown): void {
  if (formatOf(given, host) === "json") {
    printJson(host, answer ?? {});
    return;
  }
  printLines(host, (paint, columns) => viewLines(command.view, answer, paint, columns));
  if (command.view.columns.length === 0) host.err.write("Done.\n");
}

/** Every item of a list, in the shape of one page. */
async function everything(method: AnyMethod, request: RequestParts, signal: AbortSignal): Promise<unknown> {
  const items: unknown[] = [];
  const list = (args: object, options?: object) =>
    method(args as RequestParts, options) as Promise<{ items?: unknown[] }>;
  for await (const item of paginate(list, request, { signal })) items.push(item);
  return { count: items.length, items };
}

/** A change of nothing is a slip, although the contract allows it. */
function refuseEmpty(
  { info, given }: Context,
  { takesBody, flags, positionals }: Command,
  { body = {} }: RequestParts,
): void {
  const fields = flags.filter(({ at }) => at[0] === "body");
  const mayBeEmpty = positionals.some(({ at }) => at[0] === "body") || fields.some(({ required }) => required);
  if (!takesBody || mayBeEmpty || given.texts.has("body") || Object.keys(body).length > 0) return;
  const names = fields.map(({ name, alias }) => `--${alias ?? name}`);
  throw new UsageError(`Nothing to change. Give ${names.join(" or ")}.`, info.words);
}
