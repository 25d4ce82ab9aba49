import type { Client } from "@workspace-aps/client";
import type { Command } from "../command.ts";
import { connect } from "../connection/connect.ts";
import { formatOf, printJson, printLines } from "../output/result.ts";
import { viewLines } from "../output/view.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";
import { withNote } from "../program/under-way.ts";
import { buildRequest, type RequestParts } from "../request/build.ts";
import { isDryRun, printRequest } from "../request/dry-run.ts";
import { methodOf } from "../request/method.ts";

/** Calls the operation of a command and prints its answer. */
export async function operation(context: Context): Promise<number> {
  const { given, streams, interruption } = context;
  const command = context.info.command;
  if (command === undefined) throw new Error(`"${context.info.words}" calls no operation.`);
  const format = formatOf(given, streams);
  const request = await buildRequest(command, given);
  if (isDryRun(given)) return printRequest(context, command, request);
  const client = connect(given, streams.environment);
  const answer = await call(context, client, command, request);
  if (format === "json") printJson(streams, answer ?? {});
  else {
    printLines(streams, (paint, columns) => viewLines(command.view, answer, paint, columns));
    if (command.view.columns.length === 0) streams.err.write("Done.\n");
  }
  return interruption.signal.aborted ? exitCode.interrupted : exitCode.done;
}

/** Ctrl-C cuts off what only reads. What changes something is answered, so that its job is not lost; a second one ends it. */
async function call(context: Context, client: Client, command: Command, request: RequestParts): Promise<unknown> {
  const { signal } = context.interruption;
  const method = methodOf(client, command.method);
  if (command.readsOnly) return method(request, { signal });
  return withNote(context, () => method(request, {}));
}
