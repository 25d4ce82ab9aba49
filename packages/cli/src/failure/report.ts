import { UnknownCommandError } from "../arguments/unknown-command-error.ts";
import { UsageError } from "../arguments/usage-error.ts";
import type { CommandInfo } from "../command-info.ts";
import { wireNames } from "../output/wire-names.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";
import type { Host } from "../program/host.ts";
import { InterruptedError } from "../program/interruption.ts";
import { type Paint, paintFor, widthOf } from "../terminal/streams.ts";
import { columnsOf, printable } from "../terminal/width.ts";
import { wrap } from "../terminal/wrap.ts";
import type { Description, FailureContext } from "./description.ts";
import { UnknownCodeError } from "./unknown-code-error.ts";

/** A run that fails, as far as it came. */
interface FailedRun {
  readonly host: Host;
  readonly args: readonly string[];
  readonly info: CommandInfo | undefined;
  readonly context: Context | undefined;
}

/** Says what failed and what to do, and resolves to the exit code. */
export async function reportFailure(error: unknown, { host, args, info, context }: FailedRun): Promise<number> {
  const description = await describeAny(error, { info, context });
  const view =
    context === undefined
      ? {
          host,
          isJson: documents.includes(outputIn(args) ?? host.environment.APS_OUTPUT ?? ""),
          isLogJson: false,
        }
      : viewOf(context);
  print(description, view, {});
  return description.exitCode;
}

/** Describes any error. Those of the client are described where the client is loaded already. */
export async function describeAny(error: unknown, known: FailureContext = {}): Promise<Description> {
  if (error instanceof UsageError) {
    const more = error instanceof UnknownCommandError ? error.noun : known.info?.words;
    const help = [more === undefined ? "See aps --help" : `See aps ${more} --help`];
    return { exitCode: exitCode.usage, kind: error.name, message: error.message, help, facts: {} };
  }
  if (error instanceof UnknownCodeError)
    return {
      exitCode: exitCode.notFound,
      kind: error.name,
      message: error.message,
      help: ["All: aps error"],
      facts: {},
    };
  if (error instanceof InterruptedError) {
    return { exitCode: exitCode.interrupted, kind: error.name, message: error.message, help: error.help, facts: {} };
  }
  const { describe } = await import("./describe.ts");
  return describe(error, known) ?? unexpected(error);
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

/** How a failure is printed. */
interface FailureView {
  readonly host: Host;
  /** Whether the failure is the one document of the run as well. */
  readonly isJson: boolean;
  readonly isLogJson: boolean;
}

function viewOf({ host, output, log }: Context): FailureView {
  const isJson = documents.includes(output.format);
  return { host, isJson, isLogJson: log.options.format === "json" };
}

/**
 * Prints a failure: for people on the error stream, and for programs as the one document of the run.
 *
 * @param known what was achieved before, which must not be lost, such as the id of a job that was started; or that the
 *   document of the run is printed already.
 */
export function printFailure(
  context: Context,
  description: Description,
  { achieved = {}, isPrinted = false }: { achieved?: Readonly<Record<string, unknown>>; isPrinted?: boolean } = {},
): void {
  context.watch?.end();
  context.log.end();
  print(description, viewOf(context), isPrinted ? undefined : achieved);
}

function print(
  description: Description,
  { host, isJson, isLogJson }: FailureView,
  achieved: Readonly<Record<string, unknown>> | undefined,
): void {
  const { err, out, environment } = host;
  if (isLogJson) {
    const line = { time: new Date(host.clock.now()).toISOString(), level: "error", ...errorDocument(description) };
    err.write(`${JSON.stringify(wireNames(line, { keepOld: false }))}\n`);
  } else err.write(`${failureLines(description, paintFor(err, environment), widthOf(err)).join("\n")}\n`);
  if (environment.GITHUB_ACTIONS === "true") err.write(annotation(description));
  if (!isJson || achieved === undefined) return;
  // JSON is YAML, and one document is one line of JSON lines.
  const document = wireNames({ ...achieved, error: errorDocument(description) }, { keepOld: true });
  out.write(`${JSON.stringify(document, null, isLogJson ? 0 : 2)}\n`);
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

/** What makes GitHub show an error next to the run of a workflow. */
function annotation({ message }: Description): string {
  const text = printable(message).replaceAll("%", "%25");
  return `::error title=aps::${text}\n`;
}

const margin = "     ";

function failureLines({ message, help }: Description, paint: Paint, columns: number | undefined): string[] {
  const room = Math.max(20, (columns ?? Number.POSITIVE_INFINITY) - margin.length);
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

/** Forms of output that a program reads as one document. */
const documents: readonly string[] = ["json", "jsonl", "yaml"];

/** The form of output that even arguments ask for which cannot be parsed. */
function outputIn(args: readonly string[]): string | undefined {
  return args
    .map((arg, index) =>
      /^(--output|-o)$/.test(args[index - 1] ?? "") ? arg : /^(?:--output=|-o=?)(.+)$/.exec(arg)?.[1],
    )
    .find((value) => value !== undefined);
}
