import type { RolloutJournal, RolloutOptions, RolloutReport, RolloutResult } from "@workspace-aps/client";
import type { Context } from "../program/context.ts";
import { rolloutOptionsOf } from "./options.ts";
import { reportRollout } from "./print-report.ts";
import { showRollout } from "./progress.ts";

/**
 * Runs a rollout, shows how it gets on, and reports. Resolves to the exit code.
 *
 * @param wanted the result with which it ends well.
 */
export async function runRollout(
  context: Context,
  { journal, path, wanted }: { journal: RolloutJournal; path: string; wanted: RolloutResult },
  work: (options: RolloutOptions & { readonly journal: RolloutJournal }) => Promise<RolloutReport>,
): Promise<number> {
  const view = showRollout(context.log);
  let report: RolloutReport;
  try {
    report = await work({
      ...rolloutOptionsOf(context),
      journal,
      signal: context.interruption.signal,
      onProgress: view.onProgress,
    });
  } finally {
    view.end();
  }
  return reportRollout(context, report, { path, wanted });
}
