import type { Issue } from "@workspace-aps/client";
import { notOne } from "../arguments/parse.ts";
import type { Flag, Positional } from "../command.ts";
import type { CommandInfo } from "../command-info.ts";

/** The issues of a request in the words of the command line: the option instead of the JSON pointer. */
export function issueLines(issues: readonly Issue[], info: CommandInfo | undefined): string[] {
  return issues.flatMap((issue) => {
    if (issue.rule === "required") return missingLines(issue, info);
    const argument = argumentAt(issue.pointer, info);
    // A pattern helps few people; the contract says the same in words.
    if (issue.rule === "pattern" && argument?.about)
      return [`${argument.name} must match: ${certain(argument.about)} Given was ${issue.given}.`];
    if (issue.rule === "enum" && argument?.flag?.values !== undefined && isWhole(argument.flag, issue.pointer))
      return [notOne(argument.name, textOf(issue.given), argument.flag.values)];
    const rest = issue.message.startsWith(issue.pointer)
      ? issue.message.slice(issue.pointer.length)
      : ` ${issue.message}`;
    return [`${argument?.name ?? issue.pointer}${rest}`];
  });
}

/** What the contract says without what it does not know, which helps nobody to mend a value. */
function certain(about: string): string {
  return about
    .split(/(?<=\.) /)
    .filter((sentence) => !/\bis unknown\b/.test(sentence))
    .join(" ");
}

/** What is missing, with the values that are possible. An object is missing when all of its options are. */
function missingLines({ pointer, message }: Issue, info: CommandInfo | undefined): string[] {
  const flags = info?.command?.flags ?? [];
  const inside = flags.filter(({ at, required }) => required && `/${at.join("/")}`.startsWith(`${pointer}/`));
  if (inside.length > 0) return inside.map((flag) => `${nameOf(flag)} is required${possible(flag)}.`);
  const argument = argumentAt(pointer, info);
  if (argument === undefined) return [message];
  const { flag, name } = argument;
  if (flag === undefined) return [`${name} is required.`];
  if (isWhole(flag, pointer)) return [`${name} is required${possible(flag)}.`];
  // What has one possible value is filled in for the option, and belongs into a body of one's own.
  const only = flag.fields?.find((field) => field.name === pointer.split("/").at(-1))?.only;
  const inBody = pointer.slice("/body/".length).replace(/\/(\d+)\//, "[$1].");
  return [only === undefined ? `${name} is required.` : `${inBody} is required in the body: ${JSON.stringify(only)}.`];
}

/** Whether a flag is what a pointer leads to, and not something within it. */
function isWhole({ at }: Flag, pointer: string): boolean {
  return `/${at.join("/")}` === pointer;
}

/** A value as it was typed; what is shown of it is JSON. */
function textOf(given = ""): string {
  return given.startsWith('"') ? given.replace(/^"|"$/g, "") : given;
}

function possible({ type, values, name, alias }: Flag): string {
  if (type === "boolean") return `, or --no-${alias ?? name}`;
  const some = values?.filter((value) => value !== "") ?? [];
  return some.length === 0 ? "" : `: one of ${some.join(", ")}`;
}

function nameOf({ name, alias }: Flag): string {
  return `--${alias ?? name}`;
}

interface Argument {
  readonly name: string;
  readonly about: string;
  readonly flag?: Flag;
}

function argumentAt(pointer: string, info: CommandInfo | undefined): Argument | undefined {
  const { positionals = [], flags = [] } = info?.command ?? {};
  const inside = ({ at }: Positional | Flag) =>
    pointer === `/${at.join("/")}` || pointer.startsWith(`/${at.join("/")}/`);
  const rest = (at: readonly string[]) => pointer.slice(at.join("/").length + 2).replaceAll("/", ".");
  const positional = positionals.find(inside);
  if (positional !== undefined)
    return { name: withPart(`<${positional.name}>`, rest(positional.at)), about: positional.about };
  const flag = flags.find(inside);
  if (flag === undefined) return undefined;
  return { name: withPart(nameOf(flag), rest(flag.at)), about: flag.about, flag };
}

/** `--tags[1].key` for the pointer `/body/tags/1/key`. */
function withPart(name: string, rest: string): string {
  return rest === "" ? name : name + rest.replace(/^(\d+)/, "[$1]").replace(/^(?!\[)/, ".");
}
