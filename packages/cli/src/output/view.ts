import { formatDuration } from "../arguments/duration.ts";
import type { Column, View } from "../command.ts";
import type { Paint } from "../terminal/streams.ts";
import { type Cell, pairs, table } from "../terminal/table.ts";
import { printable } from "../terminal/width.ts";
import { paintStatus } from "./status.ts";

/** The answer of an operation for people: a table of a list, or names and values of one thing. */
export function viewLines(view: View, answer: unknown, paint: Paint, columns: number | undefined): string[] {
  if (view.columns.length === 0) return [];
  if (view.list === undefined) {
    const entries = everyItem(view.columns, answer).map(
      (column) => [column.title, cellOf(column, answer, paint)] as const,
    );
    return pairs(
      entries.filter(([, cell]) => cell.text !== ""),
      paint,
    );
  }
  const items = at(answer, [view.list]);
  const rows = (Array.isArray(items) ? items : []).map((item) =>
    view.columns.map((column) => cellOf(column, item, paint)),
  );
  if (rows.length === 0) return [paint.dim("none")];
  const titles = view.columns.map(({ title }) => {
    const name = title.split(".").at(-1) ?? "";
    return { text: name.replaceAll("_", " ").toUpperCase(), flexible: name.endsWith("name") };
  });
  return [...table(titles, rows, paint, columns), ...more(answer, rows.length, paint)];
}

/** The columns of the first item of an inner list, such as the sub-jobs of a job, once for each of its items. */
function everyItem(columns: readonly Column[], answer: unknown): Column[] {
  const plain = columns.filter(({ at: keys }) => !keys.includes("0"));
  const inner = columns.filter(({ at: keys }) => keys.includes("0"));
  const [first] = inner;
  if (first === undefined) return plain;
  const path = first.at.slice(0, first.at.indexOf("0"));
  const items = at(answer, path);
  const count = Array.isArray(items) ? items.length : 0;
  const nth = (keys: readonly string[], index: number) => keys.map((key) => (key === "0" ? String(index) : key));
  const repeated = Array.from({ length: count }, (_, index) =>
    inner.map((column) => ({
      ...column,
      at: nth(column.at, index),
      ...(column.end === undefined ? {} : { end: nth(column.end, index) }),
      title: count === 1 ? column.title : column.title.replace(path.join("."), `${path.join(".")}[${index}]`),
    })),
  );
  return [...plain, ...repeated.flat()];
}

function more(answer: unknown, shown: number, paint: Paint): string[] {
  const count = at(answer, ["count"]);
  return typeof count === "number" && count > shown
    ? [paint.dim(`${shown} of ${count}; see --all, or --offset and --limit`)]
    : [];
}

function cellOf(column: Column, value: unknown, paint: Paint): Cell {
  const found = at(value, column.at);
  const text = found === undefined || found === null ? "" : printable(String(found));
  if (column.kind === "status") return { text, paint: paintStatus(text, paint) };
  if (column.kind === "time") return { text: timeOf(text) };
  return { text: column.kind === "took" ? tookOf(text, at(value, column.end ?? [])) : text };
}

/** A time in the zone of this machine, with its offset, and without its fraction of a second, which no person reads. */
function timeOf(text: string): string {
  const ms = /^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(ms)) return text;
  const offset = -new Date(ms).getTimezoneOffset();
  const local = new Date(ms + offset * 60_000).toISOString().slice(0, 19);
  if (offset === 0) return `${local}Z`;
  const hours = String(Math.floor(Math.abs(offset) / 60)).padStart(2, "0");
  const minutes = String(Math.abs(offset) % 60).padStart(2, "0");
  return `${local}${offset < 0 ? "-" : "+"}${hours}:${minutes}`;
}

function tookOf(begin: string, end: unknown): string {
  const ms = Date.parse(String(end ?? "")) - Date.parse(begin);
  return ms >= 0 ? formatDuration(ms) : "";
}

function at(value: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>(
    (inner, key) => (inner as Readonly<Record<string, unknown>> | null | undefined)?.[key],
    value,
  );
}
