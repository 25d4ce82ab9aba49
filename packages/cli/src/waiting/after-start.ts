import type { FullClient } from "@workspace-aps/client";
import { describeAny, printFailure } from "../failure/report.ts";
import { stillRunning, waitCommand } from "../failure/still-running.ts";
import { endedResult, jobLines } from "../output/ended-job.ts";
import { printResult } from "../output/print.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";
import { paintFor } from "../terminal/streams.ts";
import type { Kind } from "./kind.ts";
import { waitingOf } from "./options.ts";
import { showProgress } from "./progress.ts";
import { waitAndShow } from "./wait.ts";

/** A job that a command has started. */
export interface Started {
  readonly jobId: string;
  readonly kind: Kind;
  /** What a program gets when it does not wait. Default: the job's id. */
  readonly document?: unknown;
  /** What is being made, for the progress. */
  readonly label?: string;
  /** The server whose state is shown next to that of the job. */
  readonly serverId?: string;
}

/** Says which job was started and, when asked to, waits for it. Resolves to the exit code. */
export async function afterStart(context: Context, client: FullClient, started: Started): Promise<number> {
  const { given, host, interruption, info, log, output } = context;
  const { jobId, kind, document, ...shown } = started;
  const waits = given.switches.get("wait") === true;
  // The id of a job that was started must not be lost, whatever becomes of this program.
  if (output.format === "table" && output.query === undefined && waits) {
    const paint = paintFor(host.out, host.environment);
    host.out.write(`${jobLines(jobId, kind, paint).join("\n")}\n`);
  } else log.print(`${shown.label ?? info.words}  job ${jobId} started`, { job_id: jobId });
  const progress = showProgress(log, client.settings.now);
  try {
    const { signal } = interruption;
    signal.throwIfAborted();
    if (!waits) {
      const isOwn = document === undefined;
      await printResult(context, {
        document: document ?? { jobId },
        isOwn,
        columns: ["job_id"],
        lines: ({ paint }) => jobLines(jobId, kind, paint),
      });
      if (output.format === "table") log.note(`Wait for it with: ${waitCommand([jobId], context)}`);
      return exitCode.done;
    }
    const ended = await waitAndShow(client, { ...waitingOf(context), ...shown, jobId, kind, signal, progress });
    progress.end();
    await printResult(context, endedResult(ended));
    return exitCode.done;
  } catch (error) {
    progress.end();
    const described = stillRunning(await describeAny(error, { info, context }), jobId, context);
    const { label, serverId } = started;
    const facts = { ...described.facts, ...(serverId === undefined ? {} : { serverId, name: label }) };
    const about = serverId === undefined ? [] : [`Image ${label} of server ${serverId}: aps server show ${serverId}`];
    const description = { ...described, facts, help: [...described.help, ...about] };
    printFailure(context, description, { achieved: { jobId } });
    return description.exitCode;
  }
}
