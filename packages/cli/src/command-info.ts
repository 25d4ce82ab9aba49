import type { Option } from "./arguments/option.ts";
import type { Command, Positional } from "./command.ts";

/** All that help, completion and the parser know about a command. The list of them is generated. */
export interface CommandInfo {
  readonly words: string;
  readonly summary: string;
  readonly description: string;
  readonly positionals: readonly Positional[];
  /** Options that come from the contract. */
  readonly flags: readonly Option[];
  /** Options that belong to this program. */
  readonly options: readonly Option[];
  readonly examples: readonly (readonly string[])[];
  /** The operation that it calls, when it is one. */
  readonly command?: Command;
}
