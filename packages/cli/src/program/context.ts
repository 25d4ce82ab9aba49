import type { Given } from "../arguments/parse.ts";
import type { CommandInfo } from "../command-info.ts";
import type { Log } from "../log/log.ts";
import type { RequestWatch } from "../log/watch-requests.ts";
import type { OutputOptions } from "../output/options.ts";
import type { Settings } from "../settings/settings.ts";
import type { Host } from "./host.ts";
import type { Interruption } from "./interruption.ts";

/** What a command is given to work with. */
export interface Context {
  readonly info: CommandInfo;
  readonly given: Given;
  readonly settings: Settings;
  readonly host: Host;
  readonly log: Log;
  readonly output: OutputOptions;
  readonly interruption: Interruption;
  /** What is known of the requests of the client that the command has made last. */
  watch?: RequestWatch;
}

/** Carries a command out and says with which exit code the program ends. */
export type Runner = (context: Context) => Promise<number>;
