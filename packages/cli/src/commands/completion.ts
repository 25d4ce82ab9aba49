import { notOne } from "../arguments/parse.ts";
import { UsageError } from "../arguments/usage-error.ts";
import { completionScripts } from "../completion/scripts.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";

/** `aps completion bash|zsh|fish`: prints a script for the shell. */
export async function completion({ given, host }: Context): Promise<number> {
  const [shell, ...more] = given.positionals;
  const shells = Object.keys(completionScripts);
  if (shell === undefined || more.length > 0) throw new UsageError(`Name one shell: ${shells.join(", ")}.`);
  const script = shells.includes(shell) ? completionScripts[shell] : undefined;
  if (script === undefined) throw new UsageError(notOne("<shell>", shell, shells));
  host.out.write(script);
  return exitCode.done;
}
