import type { Client } from "@workspace-aps/client";
import { describeAny, printFailure } from "../failure/report.ts";
import { stillRunning, waitCommand } from "../failure/still-running.ts";
import { endedDocument, endedLines, jobLines } from "../output/ended-job.ts";
import { formatOf, printJson, printLines } from "../output/result.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";
import type { Kind } from "./kind.ts";
import { waitingOf } from "./options.ts";
import { showProgress } from "./progress.ts";
import { waitAndShow } from "./wait.ts";

/** A job that a command has started. */
export interface Started {
  readonly jobId: string;
  readonly kind: Kind;
  /** What a program gets when it does not wait. */
  readonly document: unknown;
  /** What is being made, for the progress. */
  readonly label?: string;
  /** The server whose state is shown next to that of the job. */
  readonly serverId?: string;
}

/** Says which job was started and, when asked to, waits for it. Resolves to the exit code. */
export async function afterStart(context: Context, client: Client, started: Started): Promise<number> {
  const { given, host, interruption, info } = context;
  const { jobId, kind, document, ...shown } = started;
  const format = formatOf(given, host);
  if (format === "table") printLines(host, (paint) => jobLines(jobId, kind, paint));
  const progress = showProgress(host, client.settings.now);
  try {
    const { signal } = interruption;
    signal.throwIfAborted();
    if (given.switches.get("wait") !== true) {
      if (format === "json") printJson(host, document);
      else host.err.write(`Wait for it with: ${waitCommand([jobId], context)}\n`);
      return exitCode.done;
    }
    const ended = await waitAndShow(client, { ...waitingOf(given), ...shown, jobId, kind, signal, progress });
    progress.end();
    if (format === "json") printJson(host, endedDocument(ended));
    else printLines(host, (paint) => endedLines(ended, paint));
    return exitCode.done;
  } catch (error) {
    progress.end();
    const description = stillRunning(await describeAny(error, info), jobId, context);
    printFailure(description, host, { json: format === "json", achieved: { jobId } });
    return description.exitCode;
  }
}
