import { pruneImages } from "@workspace-aps/client";
import { namePattern } from "../arguments/name-pattern.ts";
import { exitCode } from "../program/exit-code.ts";
import { printable } from "../terminal/width.ts";
import { done, note, type PipelineRun, type StepEnd } from "./pipeline-run.ts";

/** Deletes old golden images that nothing uses, but never the new one, nor the way back. */
export async function pruneOld(run: PipelineRun): Promise<StepEnd> {
  const { context, client, golden, state } = run;
  const { prune } = golden;
  if (prune === undefined) return done("no pattern is given");
  const { plans = [], image, pruned } = state;
  const isOver = pruned?.every(({ result }) => result === "kept" || result === "deleted") === true;
  const images = isOver
    ? pruned
    : await pruneImages(client, {
        keep: prune.keep,
        namePattern: namePattern(prune.name),
        keepIds: [image?.imageId ?? "", ...plans.map(({ from }) => from.imageId)],
        isApproved: true,
        signal: context.interruption.signal,
      });
  if (!isOver) await note(run, { type: "pruned", images });
  const of = (...results: string[]) =>
    images.filter(({ result }) => results.includes(result)).map(({ name }) => printable(name));
  const unsure = of("failed", "in doubt");
  if (unsure.length > 0) return { exitCode: exitCode.refused, says: `not certainly deleted: ${unsure.join(", ")}` };
  return done(of("deleted").length === 0 ? "nothing was old and unused" : `deleted ${of("deleted").join(", ")}`);
}
