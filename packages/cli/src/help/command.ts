import { commonOptions, connectionOptions, type Option, variableOf } from "../arguments/option.ts";
import type { CommandInfo } from "../command-info.ts";
import type { Paint } from "../terminal/streams.ts";
import { fold, wrap } from "../terminal/wrap.ts";
import { commandLine } from "./quote.ts";

const connectionNames = new Set(connectionOptions.map(({ name }) => name));
const commonNames = new Set(commonOptions.map(({ name }) => name));
const widestTerm = 34;
/** With fewer columns, explanations stand under what they explain. */
const narrow = 60;

/** Help of one command: what it does, its arguments with their limits, an example. */
export function commandHelp(info: CommandInfo, paint: Paint, columns: number): string {
  const own = info.options.filter(({ name }) => !connectionNames.has(name) && !commonNames.has(name));
  const connection = info.options.filter(({ name }) => connectionNames.has(name));
  const common = info.options.filter(({ name }) => commonNames.has(name));
  const states = info.command?.serverStates ?? [];
  return [
    fold(`Usage: ${usageOf(info)}`, columns),
    "",
    ...wrap(info.description || info.summary, columns),
    ...(states.length === 0 ? [] : ["", ...wrap(`State that the server must be in: ${states.join(" or ")}.`, columns)]),
    ...section(
      "Arguments",
      info.positionals.map(({ name, about, limit }) => [`<${name}>`, sentences(about, limit)]),
      paint,
      columns,
    ),
    ...section("Fields", info.flags.map(entryOf), paint, columns),
    ...section("Options", own.map(entryOf), paint, columns),
    ...section(
      "Connection",
      connection.map((option) => [termOf(option), `${option.about} Or ${variableOf(option.name)}.`]),
      paint,
      columns,
    ),
    ...section("Common", common.map(entryOf), paint, columns),
    "",
    paint.bold(info.examples.length === 1 ? "Example:" : "Examples:"),
    ...info.examples.map((example) => `  ${commandLine(example)}`),
    "",
  ].join("\n");
}

/** Help of all commands of a noun: each with its usage, what it takes with limits, and an example. */
export function nounHelp(noun: string, infos: readonly CommandInfo[], paint: Paint, columns: number): string {
  const blocks = infos.flatMap((info) => [
    "",
    ...wrap(info.summary, columns).map(paint.bold),
    fold(`  ${usageOf(info)}`, columns),
    ...list(
      [
        ...info.positionals.map(({ name, limit }): Entry => [`<${name}>`, limit]),
        ...info.flags.map((flag): Entry => [termOf(flag), sentences(flag.required ? "Required." : "", flag.limit)]),
      ].filter(([, text]) => text !== ""),
      columns,
      4,
    ),
    ...info.examples.slice(0, 1).map((example) => `  ${paint.dim("Example:")} ${commandLine(example)}`),
  ]);
  return [`Usage: aps ${noun} <command> [options]`, ...blocks, "", `More: aps ${noun} <command> --help`, ""].join("\n");
}

/** One line that shows how to type a command. */
function usageOf(info: CommandInfo): string {
  const positionals = info.positionals.map(({ name, many, optional }) => {
    const shown = `<${name}>${many ? "..." : ""}`;
    return optional ? `[${shown}]` : shown;
  });
  const required = info.flags.filter((flag) => flag.required).map((flag) => `${termOf(flag)}`);
  return ["aps", info.words, ...positionals, ...required, "[options]"].join(" ");
}

type Entry = readonly [term: string, text: string];

function section(title: string, entries: readonly Entry[], paint: Paint, columns: number): string[] {
  return entries.length === 0 ? [] : ["", paint.bold(`${title}:`), ...list(entries, columns, 2)];
}

function list(entries: readonly Entry[], columns: number, indent: number): string[] {
  if (columns < narrow)
    return entries.flatMap(([term, text]) => [
      " ".repeat(indent) + term,
      ...wrap(text, columns - indent - 4).map((line) => " ".repeat(indent + 4) + line),
    ]);
  const width = Math.min(widestTerm, Math.max(0, ...entries.map(([term]) => term.length)));
  const start = indent + width + 2;
  const margin = " ".repeat(start);
  return entries.flatMap(([term, text]) => {
    const lines = wrap(text, Math.max(20, columns - start));
    const lead = " ".repeat(indent) + term;
    if (term.length > width) return [lead, ...lines.map((line) => margin + line)];
    return [lead.padEnd(start) + (lines[0] ?? ""), ...lines.slice(1).map((line) => margin + line)];
  });
}

function entryOf(option: Option): Entry {
  const values =
    option.limit === undefined && option.values !== undefined ? `one of ${option.values.join(", ")}` : option.limit;
  return [termOf(option), sentences(option.required ? "Required." : "", option.about, values)];
}

function termOf({ name, alias, short, negatable, placeholder }: Option): string {
  const shown = alias ?? name;
  const lead = short === undefined ? "" : `-${short}, `;
  return `${lead}--${negatable ? "[no-]" : ""}${shown}${placeholder === undefined ? "" : ` ${placeholder}`}`;
}

function sentences(...parts: readonly (string | undefined)[]): string {
  return parts
    .filter((part) => part !== undefined && part !== "")
    .map((part) => `${part?.charAt(0).toUpperCase()}${part?.slice(1)}`)
    .map((part) => (/[.!?]$/.test(part) ? part : `${part}.`))
    .join(" ");
}
