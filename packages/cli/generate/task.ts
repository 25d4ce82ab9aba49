import type { Option } from "../src/arguments/option.ts";
import type { Positional } from "../src/command.ts";

/** A command that does more than to call one operation, or that calls none. */
export interface Task {
  readonly words: string;
  readonly summary: string;
  readonly description: string;
  readonly positionals: readonly Positional[];
  readonly options: readonly Option[];
  readonly examples: readonly (readonly string[])[];
}
