import { createImage, type FullClient, readBaseline } from "@workspace-aps/client";
import { fleetOptions } from "../arguments/fleet-options.ts";
import { UsageError } from "../arguments/usage-error.ts";
import { connect } from "../connection/connect.ts";
import { ServerStateError } from "../failure/server-state-error.ts";
import { existingOf, noteExisting } from "../fleet/if-exists.ts";
import { fillName, isTemplate } from "../fleet/name-template.ts";
import { commandLine } from "../help/quote.ts";
import { printResult } from "../output/print.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";
import { hold, nothingDone } from "../program/hold.ts";

import { buildRequest, type RequestParts } from "../request/build.ts";
import { isDryRun } from "../request/is-dry-run.ts";
import { methodOf } from "../request/method.ts";
import { refuseBroken } from "../request/refuse-broken.ts";
import { refuseUnsendable } from "../request/refuse-unsendable.ts";
import { printable } from "../terminal/width.ts";
import type { Kind } from "../waiting/kind.ts";
import { refuseIdleWaiting } from "../waiting/options.ts";

const kind: Kind = "CREATE_SERVER_IMAGE";

/** Options of a list that one image may have too, when it has a journal. */
const ofOne = new Set(["journal", "resume", "retry-failed", "junit", "check"]);

/** `aps image create <server-id>`: starts to make one image, and waits for it when asked to. */
export async function imageCreate(context: Context): Promise<number> {
  const { given, host, info, interruption, log, settings } = context;
  const isGiven = (name: string) => given.texts.has(name) || given.switches.has(name);
  const many = async (single?: RequestParts) =>
    (await import("./image-create-many.ts")).imageCreateMany(context, single);
  const isOfMany = isGiven("from") || isGiven("servers");
  if (isOfMany || (isGiven("resume") && isGiven("journal") && given.positionals.length === 0)) return many();
  const misplaced = fleetOptions.find(
    ({ name }) => name !== "if-exists" && isGiven(name) && !(isGiven("journal") && ofOne.has(name)),
  );
  if (misplaced !== undefined)
    throw new UsageError(`--${misplaced.name} goes with --from${ofOne.has(misplaced.name) ? " or --journal" : ""}.`);
  const { command } = info;
  if (command === undefined) throw new Error("image create calls no operation.");
  // What is wrong with the options is said before anything is sent.
  if (!isGiven("journal")) refuseIdleWaiting(context);
  if (given.switches.get("skeleton") === true) return (await import("../request/skeleton.ts")).printSkeleton(context);
  const request = await buildRequest(command, given, host);
  await refuseUnsendable(context, command, request);
  const named = request.body as { name?: unknown } | undefined;
  if (isGiven("journal")) {
    if (typeof named?.name !== "string") throw new UsageError("--name is required.");
    return many(request);
  }
  if (typeof named?.name === "string" && isTemplate(named.name)) {
    const server = String(request.path.server_id ?? "");
    const timeZone = settings.text("time-zone") ?? "UTC";
    named.name = fillName(named.name, { server, atMs: host.clock.now(), timeZone });
  }
  if (isDryRun(given)) return (await import("../request/dry-run.ts")).printRequest(context, command, request);
  const path = request.path as { server_id: string };
  const body = (request.body ?? {}) as { name: string };
  const [serverId, label] = [String(path.server_id ?? ""), String(body.name ?? "")];
  const call = hold(context, command.operationId, [
    commandLine(["server", "show", serverId]),
    commandLine(["sub-job", "list", "--job-type", kind]),
  ]);
  const client = connect(context, call.onEvent);
  await refuseBroken(methodOf(client, command.method), request);
  if (isGiven("if-exists")) {
    const image = { serverId, name: label };
    const [existing] = (await existingOf(context, client, [image])) ?? [];
    if (existing !== undefined) {
      const document = { imageId: existing.imageId, imageName: image.name, result: "exists" };
      const lines = () => [`image  ${existing.imageId}`, `name   ${printable(image.name)}`, "It is there already."];
      await printResult(context, { document, isOwn: true, columns: ["image_id", "image_name", "result"], lines });
      return exitCode.done;
    }
  }
  let isLost = false;
  const sending: FullClient = {
    ...client,
    // The whole request as it was typed, so that a property that is new in the contract is sent without a change here.
    recreateServerImage: async (_, options) => {
      if (interruption.signal.aborted) throw nothingDone();
      isLost = true;
      const answer = await client.recreateServerImage({ path, body }, { ...options, signal: call.signal });
      isLost = false;
      return answer;
    },
  };
  const { jobId } = await call.run(async () => {
    const baseline = await readBaseline(client, serverId, { signal: call.signal });
    const { status = "" } = baseline;
    // Said without a request: whether a refused one has started nothing takes minutes to be sure of.
    const { serverStates = [] } = command;
    if (status !== "" && !serverStates.includes(status)) throw new ServerStateError(serverId, status, serverStates);
    // After a request that has shown that the key is good: one that is refused several times is locked.
    await noteExisting(context, client, [label]);
    return createImage(sending, { serverId, name: body.name, baseline });
  });
  if (isLost) log.note(`The answer to the request was lost. Job ${jobId} was found, which it has started.`);
  const { afterStart } = await import("../waiting/after-start.ts");
  return afterStart(context, client, {
    jobId,
    kind,
    label,
    serverId,
  });
}
