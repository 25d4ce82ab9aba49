import { nearest, suggestion } from "../arguments/nearest.ts";
import { UnknownCommandError } from "../arguments/unknown-command-error.ts";
import { UsageError } from "../arguments/usage-error.ts";
import type { CommandInfo } from "../command-info.ts";

/** The command that the first words name, and what was typed after them. */
export interface Found {
  readonly info: CommandInfo;
  readonly rest: readonly string[];
}

/**
 * Finds the command.
 *
 * @throws UsageError that suggests the nearest command.
 */
export function findCommand(args: readonly string[], all: readonly CommandInfo[]): Found {
  const [noun = "", verb] = args;
  if (noun.startsWith("-")) {
    const hint = suggestion(noun, ["--version", "--help"]) || " aps --help lists the commands.";
    throw new UsageError(`${noun} is not an option that can stand without a command.${hint}`);
  }
  for (const info of all) {
    const words = info.words.split(" ");
    if (words.every((word, index) => word === args[index])) return { info, rest: args.slice(words.length) };
  }
  const verbs = all.filter(({ words }) => words.startsWith(`${noun} `)).map(({ words }) => words.split(" ")[1] ?? "");
  if (verbs.length === 0) throw unknownNoun(noun, verb, all);
  if (verb === undefined || verb.startsWith("-"))
    throw new UnknownCommandError(`"aps ${noun}" needs one of: ${verbs.join(", ")}.`, noun);
  throw new UnknownCommandError(
    `"${verb}" is not a command of "aps ${noun}".${suggestion(verb, verbs, `aps ${noun} `)}`,
    noun,
  );
}

/**
 * Says of words of which there is no help what is near.
 *
 * @throws UsageError always.
 */
export function refuseUnknownHelp(
  words: readonly string[],
  all: readonly CommandInfo[],
  topics: readonly string[],
): void {
  const [word = "", ...more] = words;
  const near = more.length === 0 ? nearest(word, topics) : undefined;
  if (near !== undefined)
    throw new UsageError(`"${word}" is neither a command nor a topic of help. Did you mean aps help ${near}?`);
  findCommand(words, all);
}

function unknownNoun(noun: string, verb: string | undefined, all: readonly CommandInfo[]): UsageError {
  const nouns = [...new Set(all.map(({ words }) => words.split(" ")[0] ?? ""))];
  // Both words may be near: "imgae craete" means "image create".
  const near = nearest(noun, nouns);
  const verbs = all.filter(({ words }) => words.startsWith(`${near} `)).map(({ words }) => words.split(" ")[1] ?? "");
  const nearVerb = verb === undefined ? undefined : nearest(verb, verbs);
  const hint =
    near === undefined
      ? ` Commands: ${nouns.join(", ")}.`
      : ` Did you mean aps ${[near, nearVerb].filter(Boolean).join(" ")}?`;
  return new UsageError(`"${noun}" is not a command.${hint}`);
}
