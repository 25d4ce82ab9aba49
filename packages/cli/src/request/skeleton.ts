import { UsageError } from "../arguments/usage-error.ts";
import type { Command, Flag } from "../command.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";
import { setAt } from "./build.ts";

/** `--skeleton`: prints a body to start from, with the contract's example values, for `--body`. */
export async function printSkeleton({ info, host }: Context): Promise<number> {
  const { command } = info;
  if (command === undefined || !command.takesBody) throw new UsageError("--skeleton goes with a body.");
  host.out.write(`${JSON.stringify(skeletonOf(command), null, 2)}\n`);
  return exitCode.done;
}

/** The contract's example, and what else is required with an empty value of its type. Help lists the other fields. */
export function skeletonOf(command: Command): unknown {
  const body: Record<string, unknown> = {};
  for (const flag of command.flags.filter(({ at, required }) => required && at[0] === "body"))
    setAt(body, flag.at.slice(1), emptyOf(flag));
  return merge(body, command.exampleBody ?? {});
}

function emptyOf({ type, many, values, fields = [] }: Flag): unknown {
  const one =
    type === "object"
      ? Object.fromEntries(fields.map(({ name, only }) => [name, only ?? ""]))
      : type === "integer"
        ? 0
        : type === "boolean"
          ? false
          : (values?.find((value) => value !== "") ?? "");
  return many ? [one] : one;
}

function merge(base: unknown, over: unknown): unknown {
  if (typeof base !== "object" || base === null || Array.isArray(base) || typeof over !== "object" || over === null)
    return over ?? base;
  const names = new Set([...Object.keys(base), ...Object.keys(over)]);
  return Object.fromEntries(
    [...names].map((name) => [
      name,
      merge((base as Record<string, unknown>)[name], (over as Record<string, unknown>)[name]),
    ]),
  );
}
