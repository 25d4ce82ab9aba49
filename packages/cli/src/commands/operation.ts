import { type FullClient, paginate, paginateImages } from "@workspace-aps/client";
import { UsageError } from "../arguments/usage-error.ts";
import { canLookAt } from "../care/what-goes.ts";
import type { Command } from "../command.ts";
import { connect } from "../connection/connect.ts";
import { job } from "../generated/job.ts";
import { commandLine } from "../help/quote.ts";
import { refuseUnknownFields } from "../output/fields.ts";
import { printResult, type Result } from "../output/print.ts";
import { resultOf } from "../output/result-of.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";
import { hold } from "../program/hold.ts";
import { buildRequest, type RequestParts } from "../request/build.ts";
import { isDryRun } from "../request/is-dry-run.ts";
import { type AnyMethod, methodOf } from "../request/method.ts";
import { refuseBroken } from "../request/refuse-broken.ts";
import { refuseUnsendable } from "../request/refuse-unsendable.ts";
import { spell } from "../request/spell.ts";
import { kindStartedBy } from "../waiting/kind.ts";
import { refuseIdleWaiting } from "../waiting/options.ts";

/** Calls the operation of a command and prints its answer, or waits for the job that it started when asked to. */
export async function operation(context: Context): Promise<number> {
  const { given, host, info } = context;
  const { command } = info;
  if (command === undefined) throw new Error(`"${info.words}" calls no operation.`);
  // What is wrong with the options is said before anything is sent.
  if (command.startsJob || command.serverJobKind !== undefined) refuseIdleWaiting(context);
  refuseFields(context, command);
  if (command.service !== undefined) (await import("../image-service/host.ts")).refuseUnknownHost(context);
  if (given.switches.get("skeleton") === true) return (await import("../request/skeleton.ts")).printSkeleton(context);
  const request = await buildRequest(command, given, host);
  refuseEmpty(context, command, request);
  await refuseUnsendable(context, command, request);
  if (isDryRun(given))
    return (await import("../request/dry-run.ts")).printRequest(context, command, asSent(context, command, request));
  if (command.readsOnly) {
    const client = connect(context);
    const look = () => read(context, client, command, request);
    if (given.switches.get("watch") === true) return (await import("./watch.ts")).watchList(context, look);
    await printResult(context, await look());
    return exitCode.done;
  }
  if (command.takesAway) {
    const isOfMany = command.positionals.some(({ many }) => many);
    if (isOfMany) return (await import("./take-away.ts")).takeAway(context, command, request);
    if (canLookAt(command)) return (await import("./take-one-away.ts")).takeOneAway(context, command, request);
    const { confirm, refuseUnasked } = await import("../care/confirm.ts");
    const client = connect(context);
    await refuseBroken(methodOf(client, command.method), request);
    refuseUnasked(context);
    const { sessionsThatEnd } = await import("../care/sessions.ts");
    const isSure = given.switches.get("yes") === true;
    const going = isSure ? [] : await sessionsThatEnd(client, request, context.interruption.signal);
    const named = going.length > 0 ? going : [{ id: commandLine(spell(command, request)) }];
    await confirm(context, named, `${command.words[1]} ${going.length > 1 ? "these" : "this"}`);
  }
  if (command.serverJobKind !== undefined)
    return (await import("./server-jobs.ts")).startServerJobs(context, command, request);
  return change(context, command, request);
}

/** Whether every item of a list is asked for: programs get all of them, unless they ask for a page. */
function wantsAll({ given, output }: Context, command: Command): boolean {
  if (command.pagesBy === undefined) return false;
  if (given.switches.get("all") === true) return true;
  if (["limit", "offset", "marker"].some((name) => given.texts.has(name))) return false;
  // Nothing in a page tells a person that there are more.
  if (command.pagesBy === "marker") return true;
  return (
    output.format !== "table" || output.query !== undefined || output.sort !== undefined || output.where.length > 0
  );
}

/** A request as the first page of a whole list is asked for. */
function asSent(context: Context, command: Command, request: RequestParts): RequestParts {
  if (!wantsAll(context, command)) return request;
  const first = command.pagesBy === "offset" ? { offset: 0 } : {};
  return { ...request, query: { limit: wholePage, ...first, ...request.query } };
}

/** What the client asks for at a time when it lists everything. */
const wholePage = 100;

async function read(context: Context, client: FullClient, command: Command, request: RequestParts): Promise<Result> {
  const method = methodOf(client, command.method);
  const { signal } = context.interruption;
  const isAll = wantsAll(context, command);
  const answer = await (isAll ? everything(command, method, request, signal) : method(request, { signal }));
  // What was asked for is the same in every row.
  const asked = (name: string | undefined) => name !== undefined && Boolean(request.query[name]);
  const columns = command.view.columns.filter(({ at }) => !(command.view.list !== undefined && asked(at[0])));
  const view = { ...command.view, columns };
  if (command.operationId === job.list.operationId)
    return (await import("../output/joined-jobs.ts")).joinedJobs(
      context,
      client,
      { ...command, view },
      answer,
      request,
    );
  return resultOf(context, { ...command, view }, answer);
}

async function change(context: Context, command: Command, request: RequestParts): Promise<number> {
  const { interruption, log, output } = context;
  const kind = kindStartedBy(command.operationId);
  const call = hold(context, command.operationId, [
    commandLine(["server", "list"]),
    ...(kind === undefined ? [] : [commandLine(["job", "list", "--job-type", kind])]),
  ]);
  const client = connect(context, call.onEvent);
  const answer = await call.run(() => methodOf(client, command.method)(request, { signal: call.signal }));
  const jobId = (answer as Readonly<Record<string, unknown>> | undefined)?.[job.startedJobId.slice(1)];
  if (kind !== undefined && typeof jobId === "string" && jobId !== "") {
    const { afterStart } = await import("../waiting/after-start.ts");
    const { name } = (request.body ?? {}) as { name?: unknown };
    const label = typeof name === "string" ? name : command.summary;
    return afterStart(context, client, { jobId, kind, document: answer, label });
  }
  await printResult(context, resultOf(context, command, answer));
  if (command.view.columns.length === 0 && output.format === "table") log.note("Done.");
  return interruption.signal.aborted ? exitCode.interrupted : exitCode.done;
}

/** Every item of a list, in the shape of one page. */
async function everything(
  { pagesBy }: Command,
  method: AnyMethod,
  request: RequestParts,
  signal: AbortSignal,
): Promise<unknown> {
  if (pagesBy === "marker") {
    const list = (args?: object, options?: object) =>
      method(args as RequestParts, options) as Promise<{ images?: { id: string }[] }>;
    const images: unknown[] = [];
    for await (const image of paginateImages(list, request, { signal })) images.push(image);
    return { images };
  }
  const items: unknown[] = [];
  const list = (args: object, options?: object) =>
    method(args as RequestParts, options) as Promise<{ items?: unknown[] }>;
  for await (const item of paginate(list, request, { signal })) items.push(item);
  return { count: items.length, items };
}

/** Names of fields are known before anything is sent. */
function refuseFields({ output }: Context, { view }: Command): void {
  if (output.fields !== undefined) refuseUnknownFields(output.fields, view.fields, "--fields");
  const conditions = output.where.map(({ path }) => path);
  if (view.list === undefined && conditions.length > 0) throw new UsageError("--where goes with a list.");
  refuseUnknownFields(conditions, view.fields, "--where");
  if (output.sort === undefined) return;
  if (view.list === undefined) throw new UsageError("--sort goes with a list.");
  refuseUnknownFields([output.sort.replace(/^-/, "")], view.fields, "--sort");
}

/** A change of nothing is a slip, although the contract allows it. */
function refuseEmpty(
  { given }: Context,
  { needsBody, flags, positionals, serverJobKind }: Command,
  { body = {} }: RequestParts,
): void {
  const fields = flags.filter(({ at }) => at[0] === "body");
  const mayBeEmpty = positionals.some(({ at }) => at[0] === "body") || fields.some(({ required }) => required);
  // Work on a server needs no more than the server.
  if (
    !needsBody ||
    mayBeEmpty ||
    serverJobKind !== undefined ||
    given.texts.has("body") ||
    Object.keys(body).length > 0
  )
    return;
  const names = fields.map(({ name, alias }) => `--${alias ?? name}`);
  throw new UsageError(`Nothing to change. Give ${names.join(" or ")}.`);
}
