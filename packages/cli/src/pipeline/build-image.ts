import { createImages, type FleetOutcome } from "@workspace-aps/client";
import { parseDuration } from "../arguments/duration.ts";
import { describeAny } from "../failure/report.ts";
import { aboutCodes } from "../fleet/codes.ts";
import { headerOf } from "../fleet/header.ts";
import { openJournal } from "../fleet/journal-file.ts";
import { showFleet } from "../fleet/progress.ts";
import { entryOf, fleetExitCode, inWords } from "../fleet/summary.ts";
import { commandLine } from "../help/quote.ts";
import { listImages } from "../image-service/list-images.ts";
import { exitCode } from "../program/exit-code.ts";
import { hasBegun, stepJournal } from "./pipeline-journal.ts";
import { done, note, type PipelineRun, type StepEnd } from "./pipeline-run.ts";

/** Makes the image of the file, once, from the journal of this step. */
export async function buildImage(run: PipelineRun): Promise<StepEnd> {
  const { context, client, golden, folder, journal, state } = run;
  const { signal } = context.interruption;
  const { image } = journal.header;
  const path = stepJournal(folder, "image");
  const isBegun = await hasBegun(path);
  if (state.image === undefined && !isBegun) {
    const ended = await existingImage(run);
    if (ended !== undefined) return ended;
  }
  if (state.image !== undefined) return done(`${state.image.imageName}  ${state.image.imageId}`);
  await using steps = await openJournal(path, {
    resume: isBegun,
    header: (found) => headerOf(client, { at: () => [image] }, found, path, { signal }),
  });
  const view = showFleet([image], context.log, client.settings.now);
  const { timeout } = golden.image;
  const result = await createImages(client, [image], {
    journal: steps,
    retryFailed: context.given.switches.get("retry-failed") === true,
    timeoutMs: timeout === undefined ? undefined : parseDuration(timeout, "image.timeout"),
    signal,
    onProgress: view.onProgress,
  }).finally(view.end);
  const [outcome] = result.outcomes;
  if (outcome?.result === "made") {
    const { imageId, imageName } = outcome;
    await note(run, { type: "image", imageId, imageName });
    return done(`${imageName}  ${imageId}`);
  }
  const failure =
    "stoppedBy" in result ? await describeAny(result.stoppedBy, { info: context.info, context }) : undefined;
  return { ...(await endOf(outcome as FleetOutcome, path)), ...(failure === undefined ? {} : { failure }) };
}

async function endOf(outcome: FleetOutcome, path: string): Promise<StepEnd> {
  const entry = await entryOf(outcome, undefined);
  const resolve = ["image", "resolve", outcome.serverId, "--journal", path];
  const help = [
    ...aboutCodes([outcome]),
    ...(entry.result === "in_doubt"
      ? [`Look whether it was started, and say it with --job-id or --not-started: ${commandLine(resolve)}`]
      : []),
    ...(entry.result === "failed" ? ["To try it again, go on with --retry-failed."] : []),
  ];
  return { exitCode: fleetExitCode([entry]), says: `${inWords(entry.result)}: ${entry.reason ?? ""}`, help };
}

/** Looks whether there is an image of the name, and goes on with it where the file says so. */
async function existingImage(run: PipelineRun): Promise<StepEnd | undefined> {
  const { context, client, golden, journal } = run;
  const { "if-exists": wanted = "fail" } = golden.image;
  if (wanted === "make") return undefined;
  const { name } = journal.header.image;
  const [found] = await listImages(context, client, { name });
  if (found === undefined) return undefined;
  if (wanted === "use") {
    await note(run, { type: "image", imageId: found.id, imageName: name });
    return done(`${name}  ${found.id}, which was there already`);
  }
  return {
    exitCode: exitCode.refused,
    says: `The image service has an image ${name} already: ${found.id}. Nothing was started.`,
    help: ["Take another name, or say if-exists: use in the file to go on with that image."],
  };
}
