import { parseArgs } from "node:util";
import { suggestion } from "./nearest.ts";
import type { Option } from "./option.ts";
import { UsageError } from "./usage-error.ts";

/** What was typed after the words of a command. */
export interface Given {
  readonly positionals: readonly string[];
  /** Values by the option's name: every text that was given, in order. */
  readonly texts: ReadonlyMap<string, readonly string[]>;
  /** Switches by the option's name. */
  readonly switches: ReadonlyMap<string, boolean>;
}

/**
 * Reads the arguments of a command.
 *
 * @param command the words of the command, for the message of an error.
 * @throws UsageError for an option that does not exist, has no value, has one it does not take, or is repeated.
 */
export function parse(args: readonly string[], options: readonly Option[], command: string): Given {
  const known = new Map(options.flatMap((option) => spellings(option).map((name) => [name, option] as const)));
  const { tokens } = parseArgs({ args: [...args], options: configuration(options), strict: false, tokens: true });
  const positionals: string[] = [];
  const texts = new Map<string, string[]>();
  const switches = new Map<string, boolean>();
  const fail = (message: string) => new UsageError(message);

  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    const option = known.get(token.name);
    if (option === undefined) {
      const names = [...known.keys()].filter((name) => name.length > 1);
      throw fail(`${token.rawName} is not an option of "aps ${command}".${suggestion(token.name, names, "--")}`);
    }
    if (option.type === "switch") {
      if (token.value !== undefined) throw fail(`${token.rawName} takes no value; leave out "=${token.value}".`);
      switches.set(option.name, !isNegated(option, token.name));
      continue;
    }
    const value = token.value;
    if (value === undefined) throw fail(`${token.rawName} needs a value.`);
    const before = texts.get(option.name) ?? [];
    if (before.length > 0 && !option.many) throw fail(`--${option.name} is given twice.`);
    if (option.values !== undefined && option.isOfContract !== true && !option.values.includes(value))
      throw fail(notOne(token.rawName, value, option.values));
    // A forgotten value would otherwise swallow the next option. A value may still start with a hyphen: --name=-x
    if (!token.inlineValue && /^--?[a-z]/.test(value) && known.has(value.replace(/^-+/, "").split("=")[0] ?? "")) {
      throw fail(
        `${token.rawName} needs a value; ${value} is an option. For a value that starts with a hyphen write ${token.rawName}=${value}.`,
      );
    }
    texts.set(option.name, [...before, value]);
  }
  return { positionals, texts, switches };
}

/** Says that a value is none of the possible ones, and which is nearest. */
export function notOne(name: string, value: string, values: readonly string[]): string {
  const list = values.filter((known) => known !== "").join(", ");
  return `${name} must be one of ${list}; given was ${JSON.stringify(value)}.${suggestion(value, values)}`;
}

function spellings(option: Option): string[] {
  const names = [option.name, option.alias].filter((name) => name !== undefined);
  return [
    ...names,
    ...(option.negatable ? names.map((name) => `no-${name}`) : []),
    ...(option.short ? [option.short] : []),
  ];
}

function isNegated(option: Option, name: string): boolean {
  return option.negatable === true && name.startsWith("no-") && name !== option.name && name !== option.alias;
}

function configuration(options: readonly Option[]) {
  const entries = options.flatMap((option) => {
    const type = option.type === "switch" ? "boolean" : "string";
    return spellings(option)
      .filter((name) => name.length > 1)
      .map(
        (name) => [name, { type, ...(name === option.name && option.short ? { short: option.short } : {}) }] as const,
      );
  });
  return Object.fromEntries(entries) as Record<string, { type: "boolean" | "string"; short?: string }>;
}
