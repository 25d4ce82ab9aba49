import { commonOptions, type Option } from "../arguments/option.ts";
import type { Command, Field, Flag, Positional } from "../command.ts";
import { commandsOf } from "../generated/commands-of.ts";
import { job, serverJob } from "../generated/job.ts";
import { regions } from "../generated/regions.ts";
import { kindStartedBy } from "../waiting/kind.ts";
import { byNoun } from "./order.ts";
import type { Task } from "./task.ts";
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
export async function catalogue(): Promise<readonly CommandInfo[]> {
  const { commands } = await import("../generated/commands.ts");
  return [...commands.map(infoOfCommand), ...tasks.map(infoOfTask)].sort(byNoun);
}

/** The commands of one noun, or every command where there is no such noun. Loading all of them takes its time. */
export async function catalogueOf(noun: string): Promise<readonly CommandInfo[]> {
  const own = tasks.filter(({ words }) => words.split(" ")[0] === noun);
  const load = Object.hasOwn(commandsOf, noun) ? commandsOf[noun] : undefined;
  const commands = (await load?.())?.commands ?? [];
  const found = [...commands.map(infoOfCommand), ...own.map(infoOfTask)];
  return found.length === 0 ? catalogue() : found;
}

function infoOfTask(task: Task): CommandInfo {
  return { ...task, flags: [], options: complete(task.options) };
}

function infoOfCommand(command: Command): CommandInfo {
  return {
    words: command.words.join(" "),
    summary: command.summary,
    description: command.description,
    positionals: command.positionals,
    flags: command.flags.map(optionOf),
    options: complete(operationOptions(command), limitSecondsOf(command)),
    examples: examplesOf(command),
    command,
  };
}

function examplesOf(command: Command): (readonly string[])[] {
  if (command.words.join(" ") !== "image create") return [command.example];
  return [
    [...command.example, "--wait"],
    ["image", "create", "--from", "servers.csv", "--concurrency", "5"],
  ];
}

/** Adds the options that every command takes, and what the contract says about those of this program. */
function complete(
  options: readonly Option[],
  limitSeconds: number = job.kinds.CREATE_SERVER_IMAGE.limitSeconds,
): readonly Option[] {
  return [...options, ...commonOptions].map((option) => {
    if (option.name === "region") return { ...option, suggested: regions };
    if (option.name === "timeout") return { ...option, limit: `default ${limitSeconds / 60}m` };
    if (option.name === "interval") return { ...option, limit: `default ${job.pace.intervalSeconds}s` };
    return option;
  });
}

/** How long the work that a command starts is waited for. */
function limitSecondsOf({ operationId, serverJobKind }: Command): number | undefined {
  if (serverJobKind !== undefined) return serverJobKinds[serverJobKind]?.limitSeconds;
  const kind = kindStartedBy(operationId);
  return kind === undefined ? undefined : job.kinds[kind].limitSeconds;
}

const serverJobKinds: Readonly<Record<string, { readonly limitSeconds: number }>> = serverJob.kinds;

function optionOf(flag: Flag): Option {
  const { name, alias, many, about, limit, required, values } = flag;
  return {
    name,
    ...(alias === undefined ? {} : { alias }),
    type: flag.type === "boolean" ? "switch" : "text",
    negatable: flag.type === "boolean",
    many,
    ...(flag.type === "boolean" ? {} : { placeholder: placeholderOf(flag) }),
    about: [about, ...fieldsOf(flag).map(aboutField)].join(" "),
    limit,
    required,
    isOfContract: true,
    ...(values === undefined ? {} : { values }),
  };
}

function placeholderOf(flag: Flag): string {
  if (flag.type === "object")
    return `<${fieldsOf(flag)
      .map(({ name }) => `${name}=..`)
      .join(",")}>`;
  return flag.type === "integer" ? "<number>" : "<text>";
}

/** The fields of an object that are to be typed. What has one possible value is filled in. */
function fieldsOf({ fields = [] }: Flag): readonly Field[] {
  return fields.filter(({ only }) => only === undefined);
}

function aboutField({ name, required, about, limit }: Field): string {
  const limits = limit === "" ? "" : ` ${limit.charAt(0).toUpperCase()}${limit.slice(1)}.`;
  return `${name}${required ? "" : ", which may be left out"}: ${about}${limits}`;
}
