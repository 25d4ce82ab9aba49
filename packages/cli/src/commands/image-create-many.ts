import { createImages, type FleetResult } from "@workspace-aps/client";
import { UsageError } from "../arguments/usage-error.ts";
import { connect } from "../connection/connect.ts";
import { printFailure } from "../failure/report.ts";
import { asUsage } from "../fleet/check.ts";
import { headerOf } from "../fleet/header.ts";
import { openJournal } from "../fleet/journal-file.ts";
import { refuseJunit } from "../fleet/junit-file.ts";
import { readList } from "../fleet/list.ts";
import { showFleet } from "../fleet/progress.ts";
import { endedAtOnce, reportFleet } from "../fleet/report.ts";
import { formatOf } from "../output/result.ts";
import type { Context } from "../program/context.ts";
import { isDryRun } from "../request/is-dry-run.ts";
import { waitingOf } from "../waiting/options.ts";

/** `aps image create --from <list>`: makes an image of each of many servers, once, and says what became of each. */
export async function imageCreateMany(context: Context): Promise<number> {
  const { given, host, info, interruption } = context;
  refuseSingle(context);
  const format = formatOf(given, host);
  const waiting = waitingOf(given);
  const concurrency = concurrencyOf(given.texts.get("concurrency")?.[0]);
  const list = given.texts.get("from")?.[0];
  if (isDryRun(given)) return dryRun(context, list);
  const path = journalPath(context, list);
  const images = list === undefined ? undefined : await readList(list, host);
  await refuseJunit(given.texts.get("junit")?.[0], host);

  const client = connect(given, host);
  const resume = given.switches.get("resume") === true;
  await using journal = await openJournal(path, resume, (found) => headerOf(client, images, found, path));
  const view = showFleet(journal.header.images, host, client.settings.now);
  const note = () =>
    view.print("Ending: waiting for answers to requests that are under way. Ctrl-C again to end at once.");
  interruption.signal.addEventListener("abort", note, { once: true });
  const takeBack = interruption.lastWords(() => {
    view.end();
    printFailure(endedAtOnce(context, path), host, { json: format === "json" });
  });
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
    throw asUsage(error, journal.header.images, info);
  } finally {
    interruption.signal.removeEventListener("abort", note);
    takeBack();
    view.end();
  }
  // Awaited here, because the journal is closed when this function returns.
  return await reportFleet(context, result, view, journal.hasBegun() ? path : undefined);
}

/** A list from standard input has no name that the journal could have. */
function journalPath({ given, info, host }: Context, list: string | undefined): string {
  const path = given.texts.get("journal")?.[0];
  if (path === undefined && list === "-")
    throw new UsageError("With --from - name a journal too, such as --journal images.journal.", info.words);
  return host.locate(path ?? `${list}.journal`);
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

/** Shows every request. The list is held against the rules as it would be before it is sent. */
async function dryRun(context: Context, list: string | undefined): Promise<number> {
  const { command, words } = context.info;
  if (list === undefined) throw new UsageError("--dry-run shows the requests of a list. Give --from.", words);
  const images = await readList(list, context.host);
  if (command === undefined) throw new Error("image create calls no operation.");
  const client = connect(context.given, context.host);
  await createImages(client, images, { signal: AbortSignal.abort() }).catch((error: unknown) => {
    throw asUsage(error, images, context.info);
  });
  const { printRequests } = await import("../request/dry-run.ts");
  return printRequests(
    context,
    command,
    images.map(({ serverId, name, description, executeSysprep }) => ({
      path: { server_id: serverId },
      query: {},
      body: { name, description, execute_sysprep: executeSysprep },
    })),
  );
}
