import type { CommandInfo } from "../command-info.ts";
import type { Context } from "../program/context.ts";

/** A failure for people and for programs. */
export interface Description {
  readonly exitCode: number;
  readonly kind: string;
  /** What failed. */
  readonly message: string;
  /** What to do, one sentence or more a line. */
  readonly help: readonly string[];
  /** Further facts by name, for programs and for support. */
  readonly facts: Readonly<Record<string, unknown>>;
}

/** What is known of a run when one of its failures is described. */
export interface FailureContext {
  readonly info?: CommandInfo | undefined;
  readonly context?: Context | undefined;
}
