import { suggestion } from "../arguments/nearest.ts";
import { UsageError } from "../arguments/usage-error.ts";
import { normalCode } from "../failure/remedy.ts";
import { type ErrorCode, errorCodes } from "../generated/error-codes.ts";
import { printResult } from "../output/print.ts";
import type { Context } from "../program/context.ts";
import { exitCode } from "../program/exit-code.ts";
import type { Paint } from "../terminal/streams.ts";
import { pairs, table } from "../terminal/table.ts";
import { wrap } from "../terminal/wrap.ts";

/** What can be looked up, in the order of the codes. What is called unknown says nothing to whoever looks for a code. */
const byCode = errorCodes
  .filter(({ code }) => code !== "unknown")
  .sort((one, other) => one.code.localeCompare(other.code, "en", { numeric: true }));

/** `aps error [code...]`: explains error codes from the contract, without a network; without a code, lists them. */
export async function error(context: Context): Promise<number> {
  const { given, info, output } = context;
  const wanted = given.positionals;
  const found = wanted.length === 0 ? byCode : wanted.flatMap((text) => entriesOf(text, info.words));
  await printResult(context, {
    document: found,
    columns: ["code", "status", "origin", "meaning", "remedy"],
    idAt: ["code"],
    nameAt: ["code"],
    lines: ({ document, paint, columns }) => {
      const shown = document as readonly ErrorCode[];
      return wanted.length === 0 ? list(shown, paint, columns, output.headers) : explain(shown, paint, columns);
    },
  });
  return exitCode.done;
}

/** The entries that a code names, by the whole code, by what stands after its dot, or by an HTTP status. */
function entriesOf(text: string, command: string): readonly ErrorCode[] {
  const wanted = normalCode(text.toUpperCase());
  const found = errorCodes.filter(
    ({ code, status }) => code === wanted || code.endsWith(`.${wanted}`) || String(status) === wanted,
  );
  if (found.length > 0) return found;
  const near = suggestion(wanted, [...new Set(errorCodes.map(({ code }) => code))]);
  throw new UsageError(
    `${JSON.stringify(text)} is not one of the ${errorCodes.length} known error codes.${near} Codes are missing because nothing public tells of them; the request id is what the vendor's support needs then.`,
    command,
  );
}

function explain(entries: readonly ErrorCode[], paint: Paint, columns = Number.POSITIVE_INFINITY): string[] {
  return entries.flatMap((entry, index) => {
    const { code, status, origin, meaning, causes = "unknown", remedy, retryable, source, confidence } = entry;
    const rows = [
      ["code", `${code}${status === "unknown" ? "" : ` with status ${status}`}`],
      ["from", origin],
      ["meaning", meaning],
      ["causes", causes],
      ["to do", remedy],
      ["again", retryable ? "the same request may succeed later" : "the same request fails again"],
      ["source", `${source}, confidence ${confidence}`],
    ] as const;
    const width = Math.max(...rows.map(([name]) => name.length));
    const folded = rows
      .filter(([, text]) => text !== "unknown")
      .flatMap(([name, text]) =>
        wrap(text, Math.max(20, columns - width - 2)).map((line, at): [string, { text: string }] => [
          at === 0 ? name : "",
          { text: line },
        ]),
      );
    return [...(index > 0 ? [""] : []), ...pairs(folded, paint)];
  });
}

function list(entries: readonly ErrorCode[], paint: Paint, columns: number | undefined, headers: boolean): string[] {
  const titles = [{ text: "CODE" }, { text: "STATUS" }, { text: "MEANING", flexible: true }];
  const rows = entries.map(({ code, status, meaning }) => [
    { text: code },
    { text: status === "unknown" ? "" : String(status) },
    { text: meaning },
  ]);
  return table(titles, rows, paint, columns, { headers });
}
