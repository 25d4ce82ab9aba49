import { rollBack, rollOut } from "@workspace-aps/client";
import { UsageError } from "../arguments/usage-error.ts";
import { connect } from "../connection/connect.ts";
import { refuseJunit } from "../fleet/junit-file.ts";
import type { Context } from "../program/context.ts";
import { openRolloutJournal } from "../rollout/open-journal.ts";
import { rolloutOptionsOf } from "../rollout/options.ts";
import { runRollout } from "../rollout/run.ts";

/** `aps rollout resume --journal ..`: goes on with a rollout that was cut off. */
export function rolloutResume(context: Context): Promise<number> {
  return goOn(context, "resume");
}

/** `aps rollout back --journal ..`: goes back to the image from before. */
export function rolloutBack(context: Context): Promise<number> {
  return goOn(context, "back");
}

async function goOn(context: Context, way: "resume" | "back"): Promise<number> {
  const { given, host } = context;
  rolloutOptionsOf(context);
  const name = given.texts.get("journal")?.[0];
  if (name === undefined) throw new UsageError("--journal is required.");
  await refuseJunit(context);
  const client = connect(context);
  const path = host.locate(name);
  await using journal = await openRolloutJournal(client, path, { resume: true });
  if (journal.records.length === 0) throw new UsageError(`--journal: ${name} holds no rollout.`);
  const wanted = way === "back" ? "rolled back" : "done";
  return await runRollout(context, { journal, path, wanted }, (options) =>
    way === "back" ? rollBack(client, options) : rollOut(client, undefined, options),
  );
}
