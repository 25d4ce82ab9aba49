import type { Issue } from "@workspace-aps/client";
import type { CommandInfo } from "../program/catalogue.ts";

/** The issues of a request in the words of the command line: the option instead of the JSON pointer. */
export function issueLines(issues: readonly Issue[], info: CommandInfo | undefined): string[] {
  return issues.flatMap((issue) => {
    const argument = argumentAt(issue.pointer, info);
    const rest = issue.message.startsWith(issue.pointer)
      ? issue.message.slice(issue.pointer.length)
      : ` ${issue.message}`;
    // A pattern alone helps few people; the contract says the same in words.
    const words = issue.rule === "pattern" && argument?.about ? [`  ${argument.about}`] : [];
    return [`${argument?.name ?? issue.pointer}${rest}`, ...words];
  });
}

function argumentAt(pointer: string, info: CommandInfo | undefined): { name: string; about: string } | undefined {
  const { positionals = [], flags = [] } = info?.command ?? {};
  const inside = (at: readonly string[]) => pointer === `/${at.join("/")}` || pointer.startsWith(`/${at.join("/")}/`);
  const rest = (at: readonly string[]) => pointer.slice(at.join("/").length + 2).replaceAll("/", ".");
  const positional = positionals.find(({ at }) => inside(at));
  if (positional !== undefined)
    return { name: withPart(`<${positional.name}>`, rest(positional.at)), about: positional.about };
  const flag = flags.find(({ at }) => inside(at));
  if (flag === undefined) return undefined;
  return { name: withPart(`--${flag.alias ?? flag.name}`, rest(flag.at)), about: flag.about };
}

/** `--tags[1].key` for the pointer `/body/tags/1/key`. */
function withPart(name: string, rest: string): string {
  return rest === "" ? name : name + rest.replace(/^(\d+)/, "[$1]").replace(/^(?!\[)/, ".");
}
