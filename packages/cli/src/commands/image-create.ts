import { type Client, createImage } from "@workspace-aps/client";
import { UsageError } from "../arguments/usage-error.ts";
import { connect } from "../connection/connect.ts";
import { commandLine } from "../help/quote.ts";
import { formatOf } from "../output/result.ts";
import type { Context } from "../program/context.ts";
import { hold, nothingDone } from "../program/hold.ts";
import { fleetOptions } from "../program/tasks.ts";
import { buildRequest } from "../request/build.ts";
import { isDryRun } from "../request/is-dry-run.ts";
import type { Kind } from "../waiting/kind.ts";
import { refuseIdleWaiting } from "../waiting/options.ts";

const kind: Kind = "CREATE_SERVER_IMAGE";

/** `aps image create <server-id>`: starts to make one image, and waits for it when asked to. */
export async function imageCreate(context: Context): Promise<number> {
  const { given, host, info, interruption } = context;
  const resumes = given.switches.get("resume") === true && given.texts.has("journal");
  if (given.texts.has("from") || resumes) return (await import("./image-create-many.ts")).imageCreateMany(context);
  const misplaced = fleetOptions.find(({ name }) => given.texts.has(name) || given.switches.has(name));
  if (misplaced !== undefined) throw new UsageError(`--${misplaced.name} goes with --from.`, info.words);
  const { command } = info;
  if (command === undefined) throw new Error("image create calls no operation.");
  // What is wrong with the options is said before anything is sent.
  formatOf(given, host);
  refuseIdleWaiting(given, info.words);
  const request = await buildRequest(command, given, host);
  if (isDryRun(given)) return (await import("../request/dry-run.ts")).printRequest(context, command, request);

  const path = request.path as { server_id: string };
  const body = (request.body ?? {}) as { name: string };
  const [serverId, label] = [String(path.server_id ?? ""), String(body.name ?? "")];
  const call = hold(context, command.operationId, [
    commandLine(["server", "show", serverId]),
    commandLine(["sub-job", "list", "--job-type", kind]),
  ]);
  const client = connect(given, host, call.onEvent);
  const sending: Client = {
    ...client,
    // The whole request as it was typed, so that a property that is new in the contract is sent without a change here.
    recreateServerImage: (_, options) => {
      if (interruption.signal.aborted) throw nothingDone();
      return client.recreateServerImage({ path, body }, { ...options, signal: call.signal });
    },
  };
  const { jobId } = await call.run(() => createImage(sending, { serverId: path.server_id, name: body.name }));
  const { afterStart } = await import("../waiting/after-start.ts");
  return afterStart(context, client, {
    jobId,
    kind,
    document: { jobId },
    label,
    serverId,
  });
}
