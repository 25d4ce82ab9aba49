import { UsageError } from "../arguments/usage-error.ts";
import { printJson } from "../output/result.ts";
import type { CommandInfo } from "../program/catalogue.ts";
import { exitCode } from "../program/exit-code.ts";
import { InterruptedError } from "../program/interruption.ts";
import { type Paint, paintFor, type Streams, widthOf } from "../terminal/streams.ts";
import { columnsOf, printable } from "../terminal/width.ts";
import { wrap } from "../terminal/wrap.ts";
import type { Description } from "./describe.ts";

/** What a program that reads the output gets besides the error. */
export interface Report {
  /** Whether the failure is the one document of the run. */
  readonly json: boolean;
  /** What was achieved before, which must not be lost: the id of a job that was started. */
  readonly achieved?: Readonly<Record<string, unknown>>;
}

/** Says what failed and what to do, and resolves to the exit code. */
export async function reportFailure(
  error: unknown,
  streams: Streams,
  args: readonly string[],
  info: CommandInfo | undefined,
): Promise<number> {
  const description = await describeAny(error, info);
  printFailure(description, streams, { json: asksForJson(args, streams) });
  return description.exitCode;
}

/** Describes any error. Those of the client are described where the client is loaded already. */
export async function describeAny(error: unknown, info?: CommandInfo): Promise<Description> {
  if (error instanceof UsageError) {
    const more = error.command ?? info?.words;
    const help = [more === undefined ? "See aps --help" : `See aps ${more} --help`];
    return { exitCode: exitCode.usage, kind: error.name, message: error.message, help, facts: {} };
  }
  if (error instanceof InterruptedError) {
    return { exitCode: exitCode.interrupted, kind: error.name, message: error.message, help: [], facts: {} };
  }
  const { describe } = await import("./describe.ts");
  return describe(error, info) ?? unexpected(error);
}

/** A fault in this program: its stack belongs to whoever mends it. */
function unexpected(error: unknown): Description {
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return {
    exitCode: exitCode.refused,
    kind: "UnexpectedError",
    message,
    help: ["This is a fault in aps. Please report it."],
    facts: {},
  };
}

/** Prints a failure: for people on the error stream, and with `--output json` as the one document of the run as well. */
export function printFailure(description: Description, streams: Streams, { json, achieved = {} }: Report): void {
  const paint = paintFor(streams.err, streams.environment);
  streams.err.write(`${failureLines(description, paint, widthOf(streams.err)).join("\n")}\n`);
  if (json) printJson(streams, { ...achieved, error: errorDocument(description) });
}

/** A failure for programs. */
export function errorDocument({
  kind,
  message,
  help,
  facts,
  exitCode: code,
}: Description): Readonly<Record<string, unknown>> {
  return { kind, message, help, ...facts, exitCode: code };
}

const margin = "     ";

function failureLines({ message, help }: Description, paint: Paint, columns: number | undefined): string[] {
  const room = Math.max(40, (columns ?? Number.POSITIVE_INFINITY) - margin.length);
  const fold = (text: string) => text.split("\n").flatMap((line) => wrap(printable(line), room, columnsOf));
  const [first = "", ...rest] = fold(message);
  // A command stays on one line, so that it can be copied.
  const advice = help.flatMap((line) => (line.includes(": aps ") ? [printable(line)] : fold(line)));
  return [
    `${paint.red("aps:")} ${first}`,
    ...rest.map((line) => margin + line),
    ...advice.map((line) => margin + paint.dim(line)),
  ];
}

/** Even arguments that cannot be parsed say whether a program reads the output. */
function asksForJson(args: readonly string[], { environment }: Streams): boolean {
  const asked = args.some(
    (arg, index) =>
      arg === "--output=json" || arg === "-ojson" || (arg === "json" && /^(--output|-o)$/.test(args[index - 1] ?? "")),
  );
  return asked || (environment.APS_OUTPUT === "json" && !args.some((arg) => /^(--output|-o)/.test(arg)));
}
