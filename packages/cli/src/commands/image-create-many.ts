import { writeFile } from "node:fs/promises";
import { type Client, createImages, type FleetImage, type FleetResult, ValidationError } from "@workspace-aps/client";
import { UsageError } from "../arguments/usage-error.ts";
import { connect } from "../connection/connect.ts";
import { describeAny, errorDocument, printFailure } from "../failure/report.ts";
import { waitCommand } from "../failure/still-running.ts";
import { type FleetHeader, openJournal } from "../fleet/journal-file.ts";
import { junit } from "../fleet/junit.ts";
import { readList } from "../fleet/list.ts";
import { type FleetView, showFleet } from "../fleet/progress.ts";
import { entryOf, fleetExitCode, type SummaryEntry, summaryLines, tally } from "../fleet/summary.ts";
import { commandLine } from "../help/quote.ts";
import { type Format, formatOf, printJson, printLines } from "../output/result.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";
import { InterruptedError } from "../program/interruption.ts";
import { isDryRun, printRequest } from "../request/dry-run.ts";
import { waitingOf } from "../waiting/options.ts";

/** `aps image create --from <list>`: makes an image of each of many servers, once, and says what became of each. */
export async function imageCreateMany(context: Context): Promise<number> {
  const { given, streams, info, interruption } = context;
  refuseSingle(context);
  const format = formatOf(given, streams);
  const waiting = waitingOf(given);
  const concurrency = concurrencyOf(given.texts.get("concurrency")?.[0]);
  const list = given.texts.get("from")?.[0];
  const images = list === undefined ? undefined : await readList(list);
  if (isDryRun(given)) return dryRun(context, images ?? []);

  const client = connect(given, streams.environment);
  const path = given.texts.get("journal")?.[0] ?? `${list}.journal`;
  const resume = given.switches.get("resume") === true;
  await using journal = await openJournal(path, resume, (found) => headerOf(client, images, found, path));
  const view = showFleet(journal.header.images, streams, client.settings.now);
  const note = () =>
    view.print("Ending: waiting for answers to requests that are under way. Ctrl-C again to end at once.");
  interruption.signal.addEventListener("abort", note, { once: true });
  let result: FleetResult;
  try {
    result = await createImages(client, journal.header.images, {
      ...waiting,
      concurrency,
      journal,
      retryFailed: given.switches.get("retry-failed") === true,
      signal: interruption.signal,
      onProgress: view.onProgress,
    });
  } catch (error) {
    throw asUsage(error, journal.header.images, info.words);
  } finally {
    interruption.signal.removeEventListener("abort", note);
    view.end();
  }
  return report(context, result, view, format, path);
}

async function report(
  context: Context,
  result: FleetResult,
  view: FleetView,
  format: Format,
  path: string,
): Promise<number> {
  const { given, streams, info } = context;
  const entries = await Promise.all(
    result.outcomes.map((outcome) => entryOf(outcome, view.durationMs(outcome.serverId))),
  );
  const stopped = "stoppedBy" in result ? await describeAny(result.stoppedBy, info) : undefined;
  if (format === "json") {
    printJson(streams, {
      images: entries,
      counts: tally(entries),
      journal: path,
      ...(stopped === undefined ? {} : { error: errorDocument(stopped) }),
    });
  } else printLines(streams, (paint, columns) => summaryLines(entries, paint, columns));
  // After the summary, which a disk that is full must not cost.
  const file = given.texts.get("junit")?.[0];
  if (file !== undefined) await writeJunit(file, entries);
  if (result.allMade) return exitCode.done;
  const help = goOn(context, entries, path);
  if (stopped === undefined) {
    for (const line of help) streams.err.write(`${line}\n`);
    return fleetExitCode(entries);
  }
  const message = result.stoppedBy instanceof InterruptedError ? interruptedMessage(entries) : stopped.message;
  printFailure({ ...stopped, message, help: [...stopped.help, ...help] }, streams, { json: false });
  return stopped.exitCode;
}

async function writeJunit(file: string, entries: readonly SummaryEntry[]): Promise<void> {
  await writeFile(file, junit(entries)).catch(({ code }: NodeJS.ErrnoException) => {
    throw new UsageError(`--junit: ${file} cannot be written (${code}). The images are not affected.`, "image create");
  });
}

function interruptedMessage(entries: readonly SummaryEntry[]): string {
  const running = entries.filter(({ result, jobId }) => result === "not ended" && jobId !== undefined);
  if (running.length === 0) return "Interrupted. No job is running.";
  return [`Interrupted. Still running:`, ...running.map(({ jobId, name }) => `job ${jobId}  ${name}`)].join("\n");
}

/** How to go on with what has not ended. */
function goOn(context: Context, entries: readonly SummaryEntry[], path: string): string[] {
  const running = entries.flatMap(({ result, jobId }) =>
    (result === "not ended" || result === "timed out") && jobId !== undefined ? [jobId] : [],
  );
  const retry = entries.every(({ result }) => result === "made" || result === "failed") ? ["--retry-failed"] : [];
  const wait =
    running.length === 0 || running.length > 20 ? [] : [`Wait for them with: ${waitCommand(running, context)}`];
  return [...wait, `Go on with: ${commandLine(["image", "create", "--resume", "--journal", path, ...retry])}`];
}

/** Makes the header of a new journal, or checks that the one that was found is of this list and this project. */
async function headerOf(
  client: Client,
  images: readonly FleetImage[] | undefined,
  found: FleetHeader | undefined,
  path: string,
): Promise<FleetHeader> {
  const projectId = await client.projectId();
  const { endpoint, now } = client.settings;
  if (found === undefined) {
    if (images === undefined)
      throw new UsageError(`--journal: ${path} is empty, so there is nothing to resume.`, "image create");
    return { type: "fleet", version: 1, at: new Date(now()).toISOString(), endpoint, projectId, images };
  }
  if (found.endpoint !== endpoint || found.projectId !== projectId) {
    throw new UsageError(
      `--journal: ${path} is of project ${found.projectId} at ${found.endpoint}, and this is project ${projectId} at ${endpoint}. Nothing was sent.`,
      "image create",
    );
  }
  if (images !== undefined && JSON.stringify(images) !== JSON.stringify(found.images)) {
    throw new UsageError(
      `--journal: ${path} was begun with another list. Leave --from out to go on with that one.`,
      "image create",
    );
  }
  return found;
}

/** What belongs to one image only cannot be said of many. */
function refuseSingle({ given, info }: Context): void {
  const single = info.flags.find(({ name }) => given.texts.has(name) || given.switches.has(name));
  if (single !== undefined)
    throw new UsageError(`--${single.alias ?? single.name} goes into the list when --from is given.`, info.words);
  if (given.positionals.length > 0)
    throw new UsageError("Give a server, or a list with --from, but not both.", info.words);
}

function concurrencyOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,3}$/.test(text))
    throw new UsageError(
      `--concurrency must be a number from 1 to 9999; given was ${JSON.stringify(text)}.`,
      "image create",
    );
  return Number(text);
}

/** Issues of a list in the words of the list: which image, and which column. */
function asUsage(error: unknown, images: readonly FleetImage[], words: string): unknown {
  if (error instanceof TypeError)
    return new UsageError(`--from: ${error.message.replace("createImages: ", "")}`, words);
  if (!(error instanceof ValidationError)) return error;
  const lines = error.issues.map(({ pointer, message }) => {
    const [, index = "0", , ...rest] = pointer.split("/");
    const serverId = images[Number(index)]?.serverId ?? "";
    return `image ${Number(index) + 1} (server ${serverId}): ${rest.join(".")}${message.slice(pointer.length)}`;
  });
  return new UsageError([`--from: ${lines.length} values break a rule. Nothing was sent.`, ...lines].join("\n"), words);
}

async function dryRun(context: Context, images: readonly FleetImage[]): Promise<number> {
  const { command } = context.info;
  if (command === undefined) throw new Error("image create calls no operation.");
  for (const { serverId, name, description, executeSysprep } of images) {
    const body = { name, description, execute_sysprep: executeSysprep };
    await printRequest(context, command, { path: { server_id: serverId }, query: {}, body });
  }
  return exitCode.done;
}
