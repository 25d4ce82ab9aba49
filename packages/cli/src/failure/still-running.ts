import { connectionOptions } from "../arguments/option.ts";
import { commandLine } from "../help/quote.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";
import type { Description } from "./description.ts";

/**
 * Adds to a failure what is known of its job: when the waiting ended, but the job did not, which job goes on and how to
 * wait for it.
 */
export function stillRunning(description: Description, jobId: string, context: Context): Description {
  const facts = { ...description.facts, jobId };
  if (!goesOn(description)) return { ...description, facts };
  const isInterrupted = description.exitCode === exitCode.interrupted;
  const message = isInterrupted ? `Interrupted. Still running: job ${jobId}.` : description.message;
  const isOver = isInterrupted || description.exitCode === exitCode.timedOut;
  const before = isOver ? [] : [...description.help, `The waiting has ended, and not the job ${jobId}.`];
  return { ...description, message, help: [...before, `Wait for it with: ${waitCommand([jobId], context)}`], facts };
}

/** Whether the waiting ended, but perhaps not the job: nothing says that it failed or does not exist. */
export function goesOn({ exitCode: code }: Description): boolean {
  return code !== exitCode.jobFailed && code !== exitCode.notFound && code !== exitCode.usage;
}

/** Under which noun the command waits that knows what the jobs of a noun make. */
const waiters: Readonly<Record<string, string>> = {
  image: "image",
  "app-server": "server-job",
  "server-job": "server-job",
};

/** The command that waits for jobs, with the same target as the command that is running. */
export function waitCommand(jobIds: readonly string[], context: Context): string {
  const [own = ""] = context.info.words.split(" ");
  const noun = waiters[own] ?? "job";
  return commandLine([noun, "wait", ...jobIds, ...targetOptionsOf(context)]);
}

/** The options that lead a further command to where this one went. */
export function targetOptionsOf({ given }: Context): string[] {
  return connectionOptions.flatMap(({ name }) => {
    const text = given.texts.get(name)?.[0];
    return text === undefined ? [] : [`--${name}`, text];
  });
}
