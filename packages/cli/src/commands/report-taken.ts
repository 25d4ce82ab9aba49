import type { Going } from "../care/what-goes.ts";
import { printResult } from "../output/print.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";
import { table } from "../terminal/table.ts";
import { printable } from "../terminal/width.ts";

/** What became of one of the things that were to be taken away. */
export interface Taken extends Going {
  readonly result: "started" | "done" | "failed" | "unknown";
  readonly reason?: string | undefined;
}

/** Says of each thing what became of it, and resolves to the exit code. */
export async function reportTaken(
  context: Context,
  items: readonly Taken[],
  facts: Readonly<Record<string, unknown>>,
): Promise<number> {
  await printResult(context, {
    document: { ...facts, items },
    isOwn: true,
    list: "items",
    columns: ["id", "name", "result", "reason"],
    lines: ({ paint, columns }) => [
      ...Object.entries(facts)
        .filter(([name, value]) => name.startsWith("job_id") && value !== undefined)
        .map(([, value]) => `job  ${Array.isArray(value) ? value.join(" ") : value}`),
      ...table(
        [{ text: "ID" }, { text: "NAME", flexible: true }, { text: "RESULT" }, { text: "REASON", flexible: true }],
        items.map(({ id, name = "", result, reason = "" }) => [
          { text: printable(id) },
          { text: printable(name) },
          { text: result, paint: result === "failed" ? paint.red : undefined },
          { text: printable(reason) },
        ]),
        paint,
        columns,
        { headers: context.output.headers },
      ),
    ],
  });
  return items.some(({ result }) => result === "failed") ? exitCode.jobFailed : exitCode.done;
}
