import { createImages, type FleetImage, type FleetResult, type FullClient } from "@workspace-aps/client";
import { UsageError } from "../arguments/usage-error.ts";
import { connect } from "../connection/connect.ts";
import { printFailure } from "../failure/report.ts";
import { asUsage, checkList } from "../fleet/check.ts";
import { headerOf } from "../fleet/header.ts";
import { type Existing, existingOf, noteExisting } from "../fleet/if-exists.ts";
import { type Images, imagesOf } from "../fleet/images.ts";
import { type FleetHeader, openJournal } from "../fleet/journal-file.ts";
import { refuseJunit } from "../fleet/junit-file.ts";
import { checkFirst, probe } from "../fleet/look-first.ts";
import { showFleet } from "../fleet/progress.ts";
import { evenly } from "../fleet/rate.ts";
import { endedAtOnce, reportFleet } from "../fleet/report.ts";
import { TooManyFailuresError } from "../fleet/too-many-failures-error.ts";
import type { Context } from "../program/context.ts";
import type { RequestParts } from "../request/build.ts";
import { isDryRun } from "../request/is-dry-run.ts";
import { numberOf } from "../settings/settings.ts";
import { waitingOf } from "../waiting/options.ts";

/**
 * `aps image create --from <list>`: makes an image of each of many servers, once, and says what became of each.
 *
 * @param single the one image that was typed instead of a list, when it has a journal.
 */
export async function imageCreateMany(context: Context, single?: RequestParts): Promise<number> {
  const { given, info, interruption } = context;
  if (single === undefined) refuseSingle(context);
  const waiting = waitingOf(context);
  const count = (name: string) => {
    const value = given.texts.get(name)?.[0];
    return value === undefined ? undefined : numberOf({ value, from: `--${name}` }, { least: 1, most: 9_999 });
  };
  const [concurrency, maxFailures, rate] = [count("concurrency"), count("max-failures"), count("rate")];
  const client = connect(context);
  if (isDryRun(given)) return dryRun(context, client, await imagesOf(context, client, single));
  const path = journalPath(context);
  await refuseJunit(context);
  const images = await imagesOf(context, client, single);

  const resume = given.switches.get("resume") === true;
  const skips = given.texts.get("if-exists")?.[0] === "skip";
  let existing: readonly Existing[] | undefined;
  const header = async (found: FleetHeader | undefined) => {
    const made = await headerOf(client, images, found, path, { mayLack: skips, signal: interruption.signal });
    if (found !== undefined) return made;
    checkList({ images: made.images, info, places: images?.places });
    existing = await existingOf(context, client, made.images);
    return { ...made, images: without(made.images, existing) };
  };
  await using journal = await openJournal(path, { resume, header });
  const { images: wanted } = journal.header;
  if (journal.caution !== undefined) context.log.note(journal.caution);
  if (journal.records.length === 0) {
    if (given.switches.get("check") === true)
      await checkFirst(context, client, wanted, { areNamesFree: existing !== undefined });
    else {
      await probe(client, wanted, interruption.signal);
      await noteExisting(
        context,
        client,
        wanted.map(({ name }) => name),
      );
    }
  }
  for (const { image, imageId } of existing ?? [])
    context.log.print(`${image.name}  is there already  image ${imageId}`);
  const view = showFleet(wanted, context.log, client.settings.now);
  const note = () =>
    view.print("Ending: waiting for answers to requests that are under way. Ctrl-C again to end at once.");
  interruption.signal.addEventListener("abort", note, { once: true });
  const takeBack = interruption.lastWords(() => printFailure(context, endedAtOnce(context, path)));
  const limit = new AbortController();
  let failures = 0;
  let result: FleetResult;
  try {
    result = await createImages(rate === undefined ? client : paced(client, rate), wanted, {
      ...waiting,
      concurrency,
      journal,
      retryFailed: given.switches.get("retry-failed") === true,
      signal: AbortSignal.any([interruption.signal, limit.signal]),
      onProgress: (progress) => {
        view.onProgress(progress);
        const { result: end } = progress.outcome ?? {};
        if (end === "failed" || end === "refused" || end === "in doubt" || end === "not seen") failures++;
        if (failures === maxFailures) limit.abort(new TooManyFailuresError(failures));
      },
    });
  } catch (error) {
    throw asUsage(error, { images: wanted, info });
  } finally {
    interruption.signal.removeEventListener("abort", note);
    takeBack();
    view.end();
  }
  // Awaited here, because the journal is closed when this function returns.
  return await reportFleet(context, result, view, {
    journal: journal.hasBegun() ? path : undefined,
    isSingle: single !== undefined,
    existing: existing ?? [],
  });
}

/** A client that starts images no faster than so many in a minute. */
function paced(client: FullClient, perMinute: number): FullClient {
  const { now, sleep } = client.settings;
  const turn = evenly(perMinute, { now, sleep });
  return {
    ...client,
    recreateServerImage: async (args, options) => {
      await turn(options?.signal);
      return client.recreateServerImage(args, options);
    },
  };
}

/** A list from standard input has no name that the journal could have. */
function journalPath({ given, host }: Context): string {
  const path = given.texts.get("journal")?.[0];
  const list = given.texts.get("from")?.[0];
  if (path === undefined && (list === undefined || list === "-"))
    throw new UsageError("Without the name of a list, name a journal too, such as --journal images.journal.");
  return host.locate(path ?? `${list}.journal`);
}

/** What belongs to one image only cannot be said of many; but the name may be a pattern for all. */
function refuseSingle({ given, info }: Context): void {
  const single = info.flags.find(({ name }) => name !== "name" && (given.texts.has(name) || given.switches.has(name)));
  if (single !== undefined)
    throw new UsageError(`--${single.alias ?? single.name} goes into the list when --from is given.`);
  if (given.texts.has("name") && !/[{}]/.test(given.texts.get("name")?.[0] ?? ""))
    throw new UsageError(
      "--name goes into the list when --from is given, unless it differs for each, such as --name '{name}-{date}'.",
    );
  if (given.positionals.length > 0) throw new UsageError("Give a server, or a list with --from, but not both.");
}

/** The images that are not there yet. */
function without(images: readonly FleetImage[], existing: readonly Existing[] = []): readonly FleetImage[] {
  const skipped = new Set(existing.map(({ image }) => image));
  return images.filter((image) => !skipped.has(image));
}

/** Shows every request. The list is held against the rules as it would be before it is sent. */
async function dryRun(context: Context, client: FullClient, template: Images | undefined): Promise<number> {
  const { command } = context.info;
  if (template === undefined) throw new UsageError("--dry-run shows the requests of a list. Give --from.");
  if (command === undefined) throw new Error("image create calls no operation.");
  let images = template.at(client.settings.now());
  checkList({ images, info: context.info, places: template.places });
  if (context.given.switches.get("check") === true) {
    const existing = await existingOf(context, client, images);
    images = without(images, existing);
    await checkFirst(context, client, images, { areNamesFree: existing !== undefined });
  }
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
