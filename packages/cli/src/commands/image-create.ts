import { type Client, createImage } from "@workspace-aps/client";
import { UsageError } from "../arguments/usage-error.ts";
import { connect } from "../connection/connect.ts";
import { describeAny, printFailure } from "../failure/report.ts";
import { stillRunning, waitCommand } from "../failure/still-running.ts";
import { imageDocument, imageLines, jobLines } from "../output/image.ts";
import { type Format, formatOf, printJson, printLines } from "../output/result.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";
import { withNote } from "../program/under-way.ts";
import { buildRequest, type RequestParts } from "../request/build.ts";
import { isDryRun, printRequest } from "../request/dry-run.ts";
import { waitingOf } from "../waiting/options.ts";
import { showProgress } from "../waiting/progress.ts";
import { waitAndShow } from "../waiting/wait.ts";

const fleetOptions = ["concurrency", "journal", "resume", "retry-failed", "junit"];

/** `aps image create <server-id>`: starts to make one image, and waits for it when asked to. */
export async function imageCreate(context: Context): Promise<number> {
  const { given, streams, info } = context;
  const resumes = given.switches.get("resume") === true && given.texts.has("journal");
  if (given.texts.has("from") || resumes) return (await import("./image-create-many.ts")).imageCreateMany(context);
  const misplaced = fleetOptions.find((name) => given.texts.has(name) || given.switches.has(name));
  if (misplaced !== undefined) throw new UsageError(`--${misplaced} goes with --from.`, info.words);
  if (info.command === undefined) throw new Error("image create calls no operation.");
  const format = formatOf(given, streams);
  const waiting = waitingOf(given);
  const request = await buildRequest(info.command, given);
  if (isDryRun(given)) return printRequest(context, info.command, request);

  const client = connect(given, streams.environment);
  const label = String(request.body?.name ?? "");
  const serverId = String(request.path.server_id ?? "");
  const jobId = await submit(context, client, request);
  if (format === "table") printLines(streams, (paint) => jobLines(jobId, paint));
  if (given.switches.get("wait") !== true) return submitted(context, format, jobId);

  const progress = showProgress(streams, client.settings.now);
  try {
    const { signal } = context.interruption;
    const image = await waitAndShow(client, { ...waiting, jobId, label, serverId, signal, progress });
    progress.end();
    if (format === "json") printJson(streams, imageDocument(image));
    else printLines(streams, (paint) => imageLines(image, false, paint));
    return exitCode.done;
  } catch (error) {
    progress.end();
    const description = stillRunning(await describeAny(error, info), jobId, context);
    printFailure(description, streams, { json: format === "json", achieved: { jobId } });
    return description.exitCode;
  }
}

async function submit(context: Context, client: Client, request: RequestParts): Promise<string> {
  const body = (request.body ?? {}) as { name: string };
  // The whole request as it was typed, so that a property that is new in the contract is sent without a change here.
  const whole: Client = {
    ...client,
    recreateServerImage: (_, options) => client.recreateServerImage({ path: pathOf(request), body }, options),
  };
  const image = { serverId: pathOf(request).server_id, name: body.name };
  const { jobId } = await withNote(context, () => createImage(whole, image));
  return jobId;
}

function pathOf(request: RequestParts): { server_id: string } {
  return request.path as { server_id: string };
}

async function submitted(context: Context, format: Format, jobId: string): Promise<number> {
  const { streams, interruption, info } = context;
  if (interruption.signal.aborted) {
    const description = stillRunning(await describeAny(interruption.signal.reason, info), jobId, context);
    printFailure(description, streams, { json: format === "json", achieved: { jobId } });
    return description.exitCode;
  }
  if (format === "json") printJson(streams, { jobId });
  else streams.err.write(`Wait for the image with: ${waitCommand([jobId], context)}\n`);
  return exitCode.done;
}
