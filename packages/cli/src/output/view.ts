import { formatDuration } from "../arguments/duration.ts";
import type { Column, View } from "../command.ts";
import type { Paint } from "../terminal/streams.ts";
import { type Cell, fits, pairs, table } from "../terminal/table.ts";
import { printable } from "../terminal/width.ts";
import { wrap } from "../terminal/wrap.ts";
import { titleOf } from "./fields.ts";
import { paintStatus } from "./status.ts";

/** How much of a view is shown. */
export interface ViewOptions {
  /** These fields instead of the columns of the view. */
  readonly fields?: readonly string[] | undefined;
  /** Every field. */
  readonly wide?: boolean;
  /** Whether a list has a line of titles. Default: true. */
  readonly headers?: boolean;
}

/** The answer of an operation for people: a table of a list, or names and values of one thing. */
export function viewLines(
  whole: View,
  answer: unknown,
  paint: Paint,
  columns: number | undefined,
  { fields, wide = false, headers = true }: ViewOptions = {},
): string[] {
  const paths = fields ?? (wide && whole.list !== undefined ? whole.fields : undefined);
  const view = paths === undefined ? whole : { ...whole, columns: paths.map(columnOf) };
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
  const found = at(answer, [view.list]);
  const items: readonly unknown[] = Array.isArray(found) ? found : [];
  if (items.length === 0) return headers ? [paint.dim("none")] : [];
  const lines = (shown: readonly Column[]) => {
    const rows = items.map((item) => shown.map((column) => cellOf(column, item, paint)));
    const titles = shown.map(({ title }) => ({ text: titleOf(title), flexible: title.endsWith("name") }));
    return { titles, rows };
  };
  const all = lines(view.columns);
  if (fields !== undefined || fits(all.titles, all.rows, columns))
    return table(all.titles, all.rows, paint, columns, { headers });
  // What tells things apart stays; the rest makes room, column by column.
  let kept = view.columns;
  for (;;) {
    const next = kept.findLast(({ title }) => !/^(id|name|status|made)$/.test(title));
    if (next === undefined) return table(all.titles, all.rows, paint, columns, { headers });
    kept = kept.filter((column) => column !== next);
    const { titles, rows } = lines(kept);
    if (!fits(titles, rows, columns)) continue;
    const gone = view.columns.filter((column) => !kept.includes(column)).map(({ title }) => title);
    const note = wrap(`Not shown for want of room: ${gone.join(", ")}; see --wide.`, columns ?? 80);
    return [...table(titles, rows, paint, columns, { headers }), ...note.map((line) => paint.dim(line))];
  }
}

/** A column that shows one field. */
function columnOf(path: string): Column {
  const keys = path.split(".");
  const name = keys.at(-1) ?? "";
  return { title: path, at: keys, kind: /_(time|at)$/.test(name) ? "time" : name === "status" ? "status" : "text" };
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

function cellOf(column: Column, value: unknown, paint: Paint): Cell {
  const found = at(value, column.at);
  // The service writes the text null for a state that is not set.
  const isUnset = found === undefined || found === null || (found === "null" && column.title.endsWith("status"));
  const text = isUnset ? "" : printable(textOf(found));
  if (column.kind === "status") return { text, paint: paintStatus(text, paint) };
  if (column.kind === "time") return { text: timeOf(text) };
  return { text: column.kind === "took" ? tookOf(text, at(value, column.end ?? [])) : text };
}

function textOf(value: unknown): string {
  return typeof value === "object" ? JSON.stringify(value) : String(value);
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
