import type { Option } from "../arguments/option.ts";
import type { CommandInfo } from "../command-info.ts";
import type { Host } from "../program/host.ts";
import type { Candidate, Candidates } from "./candidate.ts";

/**
 * The words that may stand where the cursor is.
 *
 * @param typed the words after the program's name, the last of which is being typed and may be empty.
 */
export async function candidates(
  typed: readonly string[],
  all: readonly CommandInfo[],
  host: Host,
): Promise<Candidates> {
  const { before, current, prefix } = split(typed);
  const found = await possible(before, current, all, host);
  if (found === "files") return found;
  return found
    .filter(({ word }) => word.startsWith(current))
    .map(({ word, about }) => ({ word: prefix + word, about }));
}

/**
 * What stands before the word that is being typed, and that word. `--name=va` is a value, which zsh and fish replace
 * with its option; bash takes it for three words.
 */
function split(typed: readonly string[]): { before: readonly string[]; current: string; prefix: string } {
  const words = typed.filter((word) => word !== "=");
  const current = typed.at(-1) === "=" ? "" : (words.at(-1) ?? "");
  const before = typed.at(-1) === "=" ? words : words.slice(0, -1);
  const [, option, value] = /^(--[^=]+)=(.*)$/.exec(current) ?? [];
  if (option === undefined || value === undefined) return { before, current, prefix: "" };
  return { before: [...before, option], current: value, prefix: `${option}=` };
}

async function possible(
  before: readonly string[],
  current: string,
  all: readonly CommandInfo[],
  host: Host,
): Promise<Candidates> {
  if (before[0] === "help") return helpWords(before.slice(1), all);
  const info = all.find(({ words }) => words.split(" ").every((word, index) => word === before[index]));
  if (info === undefined) return nextWords(before, all);
  const options =
    info.words === "emulator"
      ? (await import("./emulator-options.ts")).emulatorOptions
      : [...info.flags, ...info.options];
  const previous = options.find((option) => spellings(option).includes(before.at(-1) ?? ""));
  if (previous?.type === "text") return valuesOf(previous);
  if (current.startsWith("-")) return options.flatMap(optionCandidates);
  return positionalValues(info, all, host);
}

/** What `aps help` explains: commands, and topics that no command explains. */
async function helpWords(before: readonly string[], all: readonly CommandInfo[]): Promise<Candidate[]> {
  const words = nextWords(before, all);
  if (before.length > 0) return words;
  const { topics } = await import("../help/topics.ts");
  return [...words, ...Object.entries(topics).map(([word, { summary }]) => ({ word, about: summary }))];
}

function nextWords(before: readonly string[], all: readonly CommandInfo[]): Candidate[] {
  const under = all.filter(({ words }) => before.every((word, index) => words.split(" ")[index] === word));
  const next = new Map<string, string>();
  for (const { words, summary } of under) {
    const word = words.split(" ")[before.length];
    if (word !== undefined) next.set(word, words.split(" ").length === before.length + 1 ? summary : "");
  }
  return [...next].map(([word, about]) => ({ word, about }));
}

function valuesOf(option: Option): Candidates {
  if (option.placeholder === "<file>") return "files";
  const values = option.values ?? option.suggested ?? [];
  return values.filter((value) => value !== "").map((word) => ({ word, about: "" }));
}

function optionCandidates(option: Option): Candidate[] {
  return spellings(option)
    .filter((word) => word.startsWith("--"))
    .map((word) => ({ word, about: option.about }));
}

function spellings({ name, alias, short, negatable, type }: Option): string[] {
  const names = [alias ?? name].flatMap((one) => (negatable && type === "switch" ? [one, `no-${one}`] : [one]));
  return [...names.map((one) => `--${one}`), ...(short === undefined ? [] : [`-${short}`])];
}

async function positionalValues(info: CommandInfo, all: readonly CommandInfo[], host: Host): Promise<Candidate[]> {
  if (info.words === "policy")
    return all.flatMap(({ command }) =>
      command === undefined ? [] : [{ word: command.operationId, about: command.summary }],
    );
  if (info.words === "completion") {
    const { completionScripts } = await import("./scripts.ts");
    return Object.keys(completionScripts).map((word) => ({ word, about: "" }));
  }
  if (info.words !== "error") return (await import("./live-ids.ts")).liveIds(info, all, host);
  const { errorCodes } = await import("../generated/error-codes.ts");
  const meanings = new Map(errorCodes.map(({ code, meaning }) => [code, meaning]));
  return [...meanings].map(([word, about]) => ({ word, about }));
}
