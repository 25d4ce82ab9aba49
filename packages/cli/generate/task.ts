import type { CommandInfo } from "../src/command-info.ts";

/** A command that does more than to call one operation, or that calls none: the contract gives it no options. */
export type Task = Omit<CommandInfo, "flags" | "command">;
