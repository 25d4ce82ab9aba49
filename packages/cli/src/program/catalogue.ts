import { commonOptions, type Option } from "../arguments/option.ts";
import type { Command, Flag, Positional } from "../command.ts";
import { commands } from "../generated/commands.ts";
import { regions } from "../generated/regions.ts";
import { operationOptions, tasks } from "./tasks.ts";

/** All that help, completion and the parser know about a command. */
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

/** Every command, in the order of help. */
export function catalogue(): readonly CommandInfo[] {
  const own = tasks.map((task): CommandInfo => ({ ...task, flags: [], options: complete(task.options) }));
  const generated = commands.map(
    (command): CommandInfo => ({
      words: command.words.join(" "),
      summary: command.summary,
      description: command.description,
      positionals: command.positionals,
      flags: command.flags.map(optionOf),
      options: complete(operationOptions(command)),
      examples: examplesOf(command),
      command,
    }),
  );
  return [...generated, ...own].sort((a, b) => rank(a.words) - rank(b.words));
}

/** Nouns in the order in which people need them. */
const order = ["image", "server", "job", "sub-job", "policy", "emulator", "completion"];

function rank(words: string): number {
  const position = order.indexOf(words.split(" ")[0] ?? "");
  return position === -1 ? order.length : position;
}

function examplesOf(command: Command): (readonly string[])[] {
  if (command.words.join(" ") !== "image create") return [command.example];
  return [
    [...command.example, "--wait"],
    ["image", "create", "--from", "servers.csv", "--concurrency", "5"],
  ];
}

function complete(options: readonly Option[]): readonly Option[] {
  return [...options, ...commonOptions].map((option) =>
    option.name === "region" ? { ...option, suggested: regions } : option,
  );
}

function optionOf(flag: Flag): Option {
  const { name, alias, many, about, limit, required, values } = flag;
  return {
    name,
    ...(alias === undefined ? {} : { alias }),
    type: flag.type === "boolean" ? "switch" : "text",
    negatable: flag.type === "boolean",
    many,
    ...(flag.type === "boolean" ? {} : { placeholder: placeholderOf(flag) }),
    about,
    limit,
    required,
    ...(values === undefined ? {} : { values }),
  };
}

function placeholderOf({ type, fields = [] }: Flag): string {
  if (type === "object") return `<${fields.map((field) => `${field.name}=..`).join(",")}>`;
  return type === "integer" ? "<number>" : "<text>";
}
