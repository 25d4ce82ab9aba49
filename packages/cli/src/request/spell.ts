import type { Command, Flag } from "../command.ts";
import type { RequestParts } from "./build.ts";

/**
 * A request as the words of a command line, without the program's name; the inverse of `buildRequest`. Values that no
 * flag can hold are left out.
 */
export function spell(
  command: Pick<Command, "words" | "positionals" | "flags">,
  { path, query, body }: RequestParts,
): string[] {
  const input = { path, query, body };
  const given = command.positionals.flatMap((positional) => at(input, positional.at) ?? []);
  const named = command.flags.flatMap((flag) => {
    const value = at(input, flag.at);
    return value === undefined || value === "" ? [] : spellFlag(flag, value);
  });
  return [...command.words, ...given.map(String), ...named];
}

function spellFlag(flag: Flag, value: unknown): string[] {
  const name = `--${flag.alias ?? flag.name}`;
  if (flag.many) return (value as readonly unknown[]).flatMap((item) => [name, spellItem(flag, item)]);
  if (flag.type === "boolean") return [value === true ? name : `--no-${flag.alias ?? flag.name}`];
  return [name, String(value)];
}

function spellItem({ fields }: Flag, item: unknown): string {
  if (fields === undefined) return String(item);
  const values = item as Readonly<Record<string, unknown>>;
  const given = fields.filter((field) => values[field.name] !== undefined && field.only === undefined);
  return given.map((field) => `${field.name}=${String(values[field.name]).replaceAll(",", "\\,")}`).join(",");
}

function at(input: unknown, keys: readonly string[]): unknown {
  return keys.reduce((node, key) => (node as Readonly<Record<string, unknown>> | undefined)?.[key], input);
}
