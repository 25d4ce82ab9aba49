import { resolveDoubt } from "@workspace-aps/client";
import { UsageError } from "../arguments/usage-error.ts";
import { openJournal } from "../fleet/journal-file.ts";
import { printResult } from "../output/print.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";

/** `aps image resolve <server-id>`: writes down in a journal what a person found out about an image in doubt. */
export async function imageResolve(context: Context): Promise<number> {
  const { given, host } = context;
  const [serverId, ...more] = given.positionals;
  const jobId = given.texts.get("job-id")?.[0];
  const isNotStarted = given.switches.get("not-started") === true;
  const path = given.texts.get("journal")?.[0];
  if (serverId === undefined || more.length > 0) throw new UsageError("Name one server.");
  if (path === undefined) throw new UsageError("--journal is required.");
  if ((jobId === undefined) !== isNotStarted)
    throw new UsageError("Say what you found: --job-id with the job that makes the image, or --not-started.");
  await using journal = await openJournal(host.locate(path), {
    resume: true,
    header: async (found) => {
      if (found === undefined) throw new UsageError(`--journal: ${path} is empty.`);
      return found;
    },
  });
  const found = jobId === undefined ? ({ notStarted: true } as const) : { jobId };
  await resolveDoubt(journal, serverId, found, new Date(host.clock.now()).toISOString()).catch((error: unknown) => {
    if (error instanceof TypeError) throw new UsageError(error.message.replace("resolveDoubt: ", ""));
    throw error;
  });
  await printResult(context, {
    document: { serverId, journal: path, ...found },
    isOwn: true,
    columns: ["server_id", "job_id"],
    lines: () => [
      jobId === undefined
        ? `Noted: nothing was started for server ${serverId}. The next run sends the request again.`
        : `Noted: job ${jobId} makes the image of server ${serverId}. The next run waits for it.`,
    ],
  });
  return exitCode.done;
}
