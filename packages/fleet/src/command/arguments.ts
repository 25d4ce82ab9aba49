import { parseArgs } from "node:util";
import { UsageError } from "./usage-error.ts";

export function only(positionals: readonly string[], what: string): string {
  const [one, ...more] = positionals;
  if (one === undefined || more.length > 0) throw new UsageError(`Name one ${what}.`);
  return one;
}

export function byOf(args: readonly string[], user: string): { run: string; by: string } {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { by: { type: "string" } },
    allowPositionals: true,
  });
  return { run: only(positionals, "run"), by: values.by ?? user };
}

export function formatOf(text: string): "table" | "json" {
  if (text === "table" || text === "json") return text;
  throw new UsageError(`--output is table or json; given was ${JSON.stringify(text)}.`);
}

export function numberOf(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (Number.isFinite(value) && value > 0) return value;
  throw new UsageError(`--${name} is a number above 0; given was ${JSON.stringify(text)}.`);
}
