import { suggestion } from "../arguments/nearest.ts";
import { normalCode } from "../failure/remedy.ts";
import { UnknownCodeError } from "../failure/unknown-code-error.ts";
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

/** An entry as it is printed: a status that is not known is null. */
type Explained = Omit<ErrorCode, "status"> & { readonly status: number | null };

/** `aps error [code...]`: explains error codes from the contract, without a network; without a code, lists them. */
export async function error(context: Context): Promise<number> {
  const { given, output } = context;
  const wanted = given.positionals;
  const found = wanted.length === 0 ? byCode : wanted.flatMap(entriesOf);
  // A group is a list to choose from, and a code is explained.
  const isList = wanted.length === 0 || new Set(found.map(({ code }) => code)).size > wanted.length;
  await printResult(context, {
    document: found.map((entry) => ({ ...entry, status: entry.status === "unknown" ? null : entry.status })),
    columns: ["code", "status", "origin", "meaning", "remedy"],
    idAt: ["code"],
    nameAt: ["code"],
    lines: ({ document, paint, columns }) => {
      const shown = document as readonly Explained[];
      return isList ? list(shown, paint, columns, output.headers) : explain(shown, paint, columns);
    },
  });
  return exitCode.done;
}

/** The entries that a code names, by the whole code, by what stands after its dot, by a group such as APIGW, or by an HTTP status. */
function entriesOf(text: string): readonly ErrorCode[] {
  const wanted = normalCode(text.toUpperCase());
  const found = errorCodes.filter(
    ({ code, status }) => code === wanted || code.endsWith(`.${wanted}`) || String(status) === wanted,
  );
  if (found.length > 0) return found;
  const group = byCode.filter(({ code }) => code.startsWith(`${wanted.replace(/\.?\*?$/, "")}.`));
  if (group.length > 0) return group;
  const codes = [...new Set(byCode.map(({ code }) => code))];
  const near = suggestion(wanted, codes);
  throw new UnknownCodeError(
    `${JSON.stringify(text)} is not one of the ${codes.length} known error codes.${near} Codes are missing because nothing public tells of them; the request id is what the vendor's support needs then.`,
  );
}

function explain(entries: readonly Explained[], paint: Paint, columns = Number.POSITIVE_INFINITY): string[] {
  return entries.flatMap((entry, index) => {
    const { code, status, origin, meaning, causes = "unknown", remedy, retryable, source, confidence } = entry;
    const rows = [
      ["code", `${code}${status === null ? "" : ` with status ${status}`}`],
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

function list(entries: readonly Explained[], paint: Paint, columns: number | undefined, headers: boolean): string[] {
  const titles = [{ text: "CODE" }, { text: "STATUS" }, { text: "MEANING", flexible: true }];
  const rows = entries.map(({ code, status, meaning }) => [
    { text: code },
    { text: String(status ?? "") },
    { text: meaning },
  ]);
  return table(titles, rows, paint, columns, { headers });
}
