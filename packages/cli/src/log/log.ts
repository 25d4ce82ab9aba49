import type { Host } from "../program/host.ts";
import { type LiveLines, liveLines, type Render, silentLines } from "../terminal/live-lines.ts";
import { canRedraw, paintFor, widthOf } from "../terminal/streams.ts";
import { columnsOf } from "../terminal/width.ts";
import { wrap } from "../terminal/wrap.ts";

/** How much is told on the error stream. */
export type LogLevel = "quiet" | "usual" | "debug";

/** How a log is written. */
export interface LogOptions {
  readonly level: LogLevel;
  readonly format: "text" | "json";
}

/** What a line of the log says, for programs. */
export type Facts = Readonly<Record<string, unknown>>;

/** All that a run tells on the error stream beside its failure. */
export interface Log {
  readonly options: LogOptions;
  /** Whether lines are drawn again and again, so that what changes need not be printed. */
  readonly moves: boolean;
  /** A line that stays: something has changed. Has its time in front where no person watches. */
  print(line: string, facts?: Facts): void;
  /** Tells people, once, what they should know or could do next. */
  note(line: string): void;
  /** A line of `--debug`. */
  debug(line: string, facts?: Facts): void;
  /** Sets the moving lines; undefined takes them away. */
  show(render: Render | undefined): void;
  /** Sets the moving line below the others, which tells why nothing moves; undefined takes it away. */
  trouble(line: (() => string) | undefined): void;
  /** Takes the moving lines away, before something else is printed. */
  end(): void;
}

/**
 * Makes the log of a run.
 *
 * @param group under which heading GitHub folds what tells of the progress away; default: none.
 */
export function createLog(host: Host, options: LogOptions, group?: string): Log {
  const { err, environment, clock } = host;
  const isText = options.format === "text";
  const moves = isText && options.level !== "quiet" && canRedraw(err, environment);
  const live: LiveLines = moves ? liveLines(err, environment) : silentLines;
  const paint = paintFor(err, environment);
  const told = new Set<string>();
  let rows: Render | undefined;
  let trouble: (() => string) | undefined;

  const write = (level: "info" | "note" | "debug", line: string, facts: Facts = {}) => {
    const time = new Date(clock.now()).toISOString();
    if (!isText) err.write(`${JSON.stringify({ time, level, message: line, ...facts })}\n`);
    else {
      const stamp = level !== "note" && err.isTTY !== true ? `${time.slice(0, 19)}Z  ` : "";
      // A sentence is broken between its words. What is in columns, and a command, is left to the terminal, so that it can be copied.
      const isSentence = !line.includes("  ") && !line.includes(": aps ");
      const columns = isSentence ? widthOf(err) : undefined;
      const lines = columns === undefined ? [line] : wrap(line, columns, columnsOf);
      for (const one of lines) {
        if (moves) live.print(`${stamp}${one}`);
        else err.write(`${stamp}${one}\n`);
      }
    }
  };
  let isGroupOpen = false;
  const openGroup = () => {
    if (group === undefined || isGroupOpen || !isText || moves) return;
    isGroupOpen = true;
    err.write(`::group::${group}\n`);
  };
  const closeGroup = () => {
    if (isGroupOpen) err.write("::endgroup::\n");
    isGroupOpen = false;
  };
  const draw = () => {
    if (rows === undefined && trouble === undefined) live.end();
    else
      live.show((spinner, columns) => [
        ...(rows?.(spinner, columns) ?? []),
        ...(trouble === undefined ? [] : [`${spinner} ${trouble()}`]),
      ]);
  };
  return {
    options,
    moves,
    print: (line, facts = {}) => {
      if (options.level === "quiet") return;
      openGroup();
      write("info", line, facts);
    },
    note: (line) => {
      if (told.has(line)) return;
      told.add(line);
      if (options.level === "quiet") return;
      closeGroup();
      write("note", isText ? paint.dim(line) : line);
    },
    debug: (line, facts = {}) => {
      if (options.level === "debug") write("debug", isText ? paint.dim(line) : line, facts);
    },
    show(next) {
      rows = next;
      draw();
    },
    trouble(next) {
      if (trouble === undefined && next === undefined) return;
      trouble = next;
      draw();
    },
    end() {
      rows = undefined;
      trouble = undefined;
      closeGroup();
      live.end();
    },
  };
}
