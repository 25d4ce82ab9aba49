import type { Given } from "../arguments/parse.ts";
import type { CommandInfo } from "./catalogue.ts";
import type { Host } from "./host.ts";
import type { Interruption } from "./interruption.ts";

/** What a command is given to work with. */
export interface Context {
  readonly info: CommandInfo;
  readonly given: Given;
  readonly host: Host;
  readonly interruption: Interruption;
}

/** Carries a command out and says with which exit code the program ends. */
export type Runner = (context: Context) => Promise<number>;
