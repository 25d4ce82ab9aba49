import type { Option } from "../arguments/option.ts";
import type { CommandInfo } from "../command-info.ts";

/**
 * Puts options that stand before the command behind it, where they are read: `aps --region r server list`. What is no
 * option of any command stays where it is, so that it is told of.
 */
export function optionsLast(args: readonly string[], all: readonly CommandInfo[]): readonly string[] {
  const rest = [...args];
  const moved: string[] = [];
  while (rest[0]?.startsWith("-")) {
    const option = optionOf(rest[0], all);
    if (option === undefined) break;
    const takesNext = option.type === "text" && !rest[0].includes("=");
    moved.push(...rest.splice(0, takesNext ? 2 : 1));
  }
  // Without a command there is nothing to put them behind.
  return rest.length === 0 ? args : [...rest, ...moved];
}

function optionOf(word: string, all: readonly CommandInfo[]): Option | undefined {
  const [name = ""] = word.replace(/^--?/, "").split("=");
  const isLong = word.startsWith("--");
  for (const { options, flags } of all) {
    const found = [...options, ...flags].find((option) =>
      isLong ? option.name === name || option.alias === name : option.short === name,
    );
    if (found !== undefined) return found;
  }
  return undefined;
}
