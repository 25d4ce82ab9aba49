import { commonOptions, type Option } from "../src/arguments/option.ts";
import type { Command, Field, Flag } from "../src/command.ts";
import type { CommandInfo } from "../src/command-info.ts";
import { commands } from "./commands.ts";
import { contract } from "./contract.ts";
import { regions } from "./facts.ts";
import { byNoun } from "./order.ts";
import type { Task } from "./task.ts";
import { operationOptions, tasks } from "./tasks.ts";

interface Kind {
  readonly startedBy: string;
  readonly limitSeconds: number;
}

const job = contract["x-aps-job"].image;
const jobKinds: Readonly<Record<string, Kind>> = job.kinds;
const serverJobKinds: Readonly<Record<string, Kind>> = contract["x-aps-job"].server.kinds;

/** Every command, in the order of help. */
export function catalogue(): CommandInfo[] {
  return [...commands().map(infoOfCommand), ...tasks.map(infoOfTask)].sort(byNoun);
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
  limitSeconds = jobKinds.CREATE_SERVER_IMAGE?.limitSeconds ?? 0,
): readonly Option[] {
  return [...options, ...commonOptions].map((option) => {
    if (option.name === "region") return { ...option, suggested: regions() };
    if (option.name === "timeout") return { ...option, limit: `default ${limitSeconds / 60}m` };
    if (option.name === "interval") return { ...option, limit: `default ${job.pace.intervalSeconds}s` };
    return option;
  });
}

/** How long the work that a command starts is waited for. */
function limitSecondsOf({ operationId, serverJobKind }: Command): number | undefined {
  if (serverJobKind !== undefined) return serverJobKinds[serverJobKind]?.limitSeconds;
  return Object.values(jobKinds).find(({ startedBy }) => startedBy === operationId)?.limitSeconds;
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
