import { UsageError } from "../arguments/usage-error.ts";
import type { Context } from "../program/context.ts";
import { InterruptedError } from "../program/interruption.ts";
import { askYes, canAsk } from "../terminal/ask.ts";
import { paintFor, widthOf } from "../terminal/streams.ts";
import { table } from "../terminal/table.ts";
import { printable } from "../terminal/width.ts";
import type { Going } from "./what-goes.ts";

/** @throws UsageError where nobody can be asked and `--yes` is not given. Before anything is looked at. */
export function refuseUnasked({ given, host, info }: Context): void {
  if (given.switches.get("yes") === true || canAsk(host)) return;
  throw new UsageError(`Nobody can be asked here whether to ${info.words.split(" ")[1]}. Give --yes if you mean it.`);
}

/**
 * Shows what is to be taken away, and asks whether it may be.
 *
 * @throws UsageError where nobody can be asked.
 * @throws InterruptedError when the answer is no.
 */
export async function confirm(context: Context, going: readonly Going[], verb: string): Promise<void> {
  const { host, given, interruption } = context;
  refuseUnasked(context);
  if (given.switches.get("yes") === true) return;
  const paint = paintFor(host.err, host.environment);
  const rows = going.map(({ id, name = "", status = "" }) => [
    { text: printable(id) },
    { text: printable(name) },
    { text: printable(status) },
  ]);
  const titles = [{ text: "ID" }, { text: "NAME", flexible: true }, { text: "STATUS" }];
  host.err.write(`${table(titles, rows, paint, widthOf(host.err)).join("\n")}\n`);
  const question = `${verb.charAt(0).toUpperCase()}${verb.slice(1)}?`;
  if (!(await askYes(host, question, interruption))) throw new InterruptedError("Nothing was done.");
}
