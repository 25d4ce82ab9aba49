import type { Paint } from "./streams.ts";
import { columnsOf, cut, pad } from "./width.ts";

/** One cell: its text without colour, and how to paint it. */
export interface Cell {
  readonly text: string;
  readonly paint?: ((text: string) => string) | undefined;
}

/** A column: its title, and whether it may be cut before others are, as a name may and an id may not. */
export interface Title {
  readonly text: string;
  readonly flexible?: boolean;
}

const gap = "  ";
const narrowest = 8;

/**
 * Rows under a line of titles, in columns. On a terminal that is too narrow, flexible columns are cut; where that is not
 * enough, each row becomes a block of names and values, because a part of an id is of no use. Elsewhere nothing is cut.
 *
 * @param columns what a line may take, or undefined for no limit.
 * @param options whether there is a line of titles. Default: true.
 */
export function table(
  titles: readonly Title[],
  rows: readonly (readonly Cell[])[],
  paint: Paint,
  columns?: number,
  { headers = true }: { headers?: boolean } = {},
): string[] {
  const widths = fit(naturalWidths(titles, rows, headers), titles, columns);
  if (widths === undefined) return blocks(titles, rows, paint);
  const head = titles.map(({ text }) => ({ text, paint: paint.bold }));
  return [...(headers ? [head] : []), ...rows].map((row) => line(row, widths));
}

/** Whether rows fit into columns without becoming blocks. */
export function fits(titles: readonly Title[], rows: readonly (readonly Cell[])[], columns?: number): boolean {
  return fit(naturalWidths(titles, rows, true), titles, columns) !== undefined;
}

function naturalWidths(titles: readonly Title[], rows: readonly (readonly Cell[])[], headers: boolean): number[] {
  return titles.map(({ text }, index) =>
    rows.reduce((most, row) => Math.max(most, columnsOf(row[index]?.text ?? "")), headers ? columnsOf(text) : 0),
  );
}

/** Names and values in two columns. Nothing is cut: a value is there to be copied. */
export function pairs(entries: readonly (readonly [name: string, value: Cell])[], paint: Paint): string[] {
  const width = Math.max(0, ...entries.map(([name]) => columnsOf(name)));
  return entries.map(([name, value]) =>
    `${paint.dim(pad(name, width))}${gap}${value.paint?.(value.text) ?? value.text}`.trimEnd(),
  );
}

function line(cells: readonly Cell[], widths: readonly number[]): string {
  const shown = cells.map((cell, index) => {
    const width = widths[index] ?? 0;
    const text = cut(cell.text, width);
    const filled = index === cells.length - 1 ? text : pad(text, width);
    return cell.paint === undefined || cell.text === ""
      ? filled
      : filled.replace(text, () => cell.paint?.(text) ?? text);
  });
  return shown.join(gap).trimEnd();
}

function blocks(titles: readonly Title[], rows: readonly (readonly Cell[])[], paint: Paint): string[] {
  return rows.flatMap((row, index) => {
    const entries = titles.map(({ text }, column) => [text.toLowerCase(), row[column] ?? { text: "" }] as const);
    const shown = entries.filter(([, cell]) => cell.text !== "");
    return [...(index > 0 ? [""] : []), ...pairs(shown, paint)];
  });
}

/** The widths of the columns, or undefined when they do not fit although every flexible one is as narrow as it may be. */
function fit(
  natural: readonly number[],
  titles: readonly Title[],
  columns: number | undefined,
): readonly number[] | undefined {
  if (columns === undefined) return natural;
  const widths = [...natural];
  let excess = widths.reduce((sum, width) => sum + width, 0) + gap.length * (widths.length - 1) - columns;
  while (excess > 0) {
    const widest = titles.reduce(
      (best, { flexible }, index) => (flexible && (widths[index] ?? 0) > (widths[best] ?? narrowest) ? index : best),
      -1,
    );
    if (widest === -1) return undefined;
    widths[widest] = (widths[widest] ?? 0) - 1;
    excess--;
  }
  return widths;
}
