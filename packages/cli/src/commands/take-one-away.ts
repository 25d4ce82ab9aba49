import { confirm, refuseUnasked } from "../care/confirm.ts";
import { isStillThere, lookAt, refuseUnknown } from "../care/what-goes.ts";
import type { Command } from "../command.ts";
import { connect } from "../connection/connect.ts";
import { commandLine } from "../help/quote.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";
import { hold } from "../program/hold.ts";
import type { RequestParts } from "../request/build.ts";
import { methodOf } from "../request/method.ts";
import { refuseBroken } from "../request/refuse-broken.ts";
import { reportTaken } from "./report-taken.ts";

/**
 * Takes away the one thing that a path names: shows it with who uses it, asks a person, sends the request, and looks whether
 * the thing is gone, because an answer may only say that the request was accepted.
 */
export async function takeOneAway(context: Context, command: Command, request: RequestParts): Promise<number> {
  const { signal } = context.interruption;
  const [{ at } = { at: [] }] = command.positionals;
  const id = String(request.path[at[1] ?? ""] ?? "");
  const call = hold(context, command.operationId, [commandLine([command.words[0], "list"])]);
  const client = connect(context, call.onEvent);
  const method = methodOf(client, command.method);
  await refuseBroken(method, request);
  refuseUnasked(context);
  const { going, unknown } = await lookAt(client, command, [id], signal);
  refuseUnknown(unknown);
  for (const { usedBy } of going) if (usedBy !== undefined) context.log.note(usedBy);
  await confirm(context, going, `${command.words[1]} it`);
  await call.run(() => method(request, { signal: call.signal }));
  const isThere = await isStillThere(client, command, id, signal);
  const end = isThere ? ({ result: "unknown", reason: "It is still shown." } as const) : ({ result: "done" } as const);
  const code = await reportTaken(
    context,
    going.map(({ usedBy: _, ...one }) => ({ ...one, ...end })),
    {},
  );
  return isThere ? exitCode.inDoubt : code;
}
