import type { Fleet } from "../open-fleet.ts";

/** What a command is given to work with. */
export interface CommandContext {
  readonly fleet: Fleet;
  readonly args: readonly string[];
  /** Prints a line of the result. */
  readonly print: (line: string) => void;
  /** Says something beside the result, for people. */
  readonly say: (line: string) => void;
  /** Who approves and cancels, unless an option says so. */
  readonly user: string;
  readonly signal: AbortSignal;
}

/** A command: what it takes, what it does, and how it is done. Resolves to the exit code. */
export interface Command {
  readonly usage: string;
  readonly about: string;
  run(context: CommandContext): Promise<number>;
}
