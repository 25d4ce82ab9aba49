import { parseArgs } from "node:util";
import { UsageError } from "./usage-error.ts";

/**
 * The one thing that a command is about.
 *
 * @param what what it is called in an error: `run`.
 * @throws UsageError when there is none, or more.
 */
export function only(positionals: readonly string[], what: string): string {
  const [one, ...more] = positionals;
  if (one === undefined || more.length > 0) throw new UsageError(`Name one ${what}.`);
  return one;
}

/**
 * The run, and who does something to it.
 *
 * @param user who it is unless `--by` says so.
 */
export function byOf(args: readonly string[], user: string): { run: string; by: string } {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { by: { type: "string" } },
    allowPositionals: true,
  });
  return { run: only(positionals, "run"), by: values.by ?? user };
}

/**
 * The value of an option that has few.
 *
 * @param name of the option, without dashes.
 * @throws UsageError for any other text.
 */
export function oneOf<Choice extends string>(name: string, text: string, choices: readonly Choice[]): Choice {
  const found = choices.find((choice) => choice === text);
  if (found !== undefined) return found;
  throw new UsageError(`--${name} is ${choices.join(" or ")}; given was ${JSON.stringify(text)}.`);
}

/**
 * The number of an option, undefined where it is not given.
 *
 * @param name of the option, without dashes.
 * @throws UsageError when it is no number above 0.
 */
export function numberOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new UsageError(`--${name} is a number above 0; given was ${JSON.stringify(text)}.`);
}
