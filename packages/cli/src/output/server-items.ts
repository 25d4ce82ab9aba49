import type { Context } from "../program/context.ts";
import { table } from "../terminal/table.ts";
import { printable } from "../terminal/width.ts";
import type { Result } from "./print.ts";

/** What became of one application server. */
export interface ServerItem {
  readonly server_id?: string;
  readonly job_id?: string;
  readonly result: "done" | "failed" | "refused" | "running" | "in_doubt";
  readonly reason?: string;
}

/** What became of the application servers that jobs worked on, in every form. */
export function serverItemsResult(
  document: { readonly items: readonly ServerItem[]; readonly error?: unknown },
  { output }: Pick<Context, "output">,
): Result {
  return {
    document,
    isOwn: true,
    list: "items",
    columns: ["server_id", "job_id", "result", "reason"],
    lines: ({ paint, columns }) =>
      table(
        [{ text: "SERVER ID" }, { text: "JOB ID" }, { text: "RESULT" }, { text: "REASON", flexible: true }],
        document.items.map(({ server_id = "", job_id = "", result, reason = "" }) => [
          { text: printable(server_id) },
          { text: printable(job_id) },
          { text: result.replace("_", " "), paint: result === "done" ? paint.green : paint.red },
          { text: printable(reason) },
        ]),
        paint,
        columns,
        { headers: output.headers },
      ),
  };
}
