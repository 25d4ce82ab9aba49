import type { Context } from "../program/context.ts";
import { type Paint, paintFor, widthOf } from "../terminal/streams.ts";
import { table } from "../terminal/table.ts";
import { printable } from "../terminal/width.ts";
import { pick, sortItems, titleOf, valueAt } from "./fields.ts";
import { itemsWhere } from "./where.ts";
import { wireNames } from "./wire-names.ts";

/** What a command came to, in every form in which it can be printed. */
export interface Result {
  /** The whole result, for programs. */
  readonly document: unknown;
  /** Whether the document is of this program, and not an answer of the service, so that it had other keys before. */
  readonly isOwn?: boolean;
  /** The property of the document that holds its list. Without one, the document is its only item, or is a list. */
  readonly list?: string;
  /** What csv and tsv show of an item when nothing is said, by paths. */
  readonly columns: readonly string[];
  /** Where the id and the name of an item are, the first that is there. */
  readonly idAt?: readonly string[];
  readonly nameAt?: readonly string[];
  /** What people should know of it beside, on the error stream. */
  readonly note?: string | undefined;
  /** For people. A width is that of the terminal, and undefined where nothing is cut. */
  lines(result: {
    readonly document: unknown;
    readonly paint: Paint;
    readonly columns: number | undefined;
  }): readonly string[];
}

const usualIds = ["id", "image_id", "server_id", "job_id"];
const usualNames = ["name", "image_name", "server_name", "resource_name"];

/** Prints a result in the form that was asked for. */
export async function printResult(context: Context, result: Result): Promise<void> {
  const { output, host, log } = context;
  const { format, fields, query } = output;
  const keepOld = result.isOwn === true && format === "json" && fields === undefined;
  const whole = result.isOwn === true ? wireNames(result.document, { keepOld }) : result.document;
  if (keepOld && JSON.stringify(whole) !== JSON.stringify(wireNames(result.document, { keepOld: false })))
    log.note(
      "Keys in camel case, such as jobId, are kept for one more minor version. Use those with _, such as job_id.",
    );
  const found = itemsWhere(itemsOf(whole, result.list), output.where, host.clock.now());
  const items = sortItems(found, output.sort);
  const shown = fields === undefined ? items : items.map((item) => pick(item, fields));
  const isFiltered = output.where.length > 0;
  const isChanged = fields !== undefined || output.sort !== undefined || isFiltered;
  const document = rebuild(isFiltered ? counted(whole, shown.length) : whole, result.list, shown, isChanged);
  log.end();
  if (query !== undefined) return printQuery(context, document, query);
  const write = (lines: readonly string[]) => {
    if (lines.length > 0) host.out.write(`${lines.join("\n")}\n`);
  };
  const titles = fields ?? result.columns;
  switch (format) {
    case "json":
      return write([JSON.stringify(document, null, 2)]);
    case "jsonl":
      return write(shown.map((item) => JSON.stringify(item)));
    case "yaml":
      return write([(await import("yaml")).stringify(document).trimEnd()]);
    case "csv":
    case "tsv":
      return write((await import("./separated.ts")).separated(shown, titles, format, output.headers));
    case "id":
      return write(texts(shown, items, result.idAt ?? usualIds));
    case "name":
      return write(texts(shown, items, result.nameAt ?? usualNames));
    default: {
      const paint = paintFor(host.out, host.environment);
      const columns = output.wide ? undefined : widthOf(host.out);
      if (fields !== undefined && result.isOwn) return write(plainTable(shown, fields, paint, columns));
      write(result.lines({ document, paint, columns }));
      if (result.note !== undefined) log.note(result.note);
      return;
    }
  }
}

function itemsOf(document: unknown, list: string | undefined): readonly unknown[] {
  const found = list === undefined ? document : valueAt(document, list);
  return Array.isArray(found) ? found : list === undefined ? [document] : [];
}

function rebuild(whole: unknown, list: string | undefined, items: readonly unknown[], isChanged: boolean): unknown {
  if (!isChanged) return whole;
  if (list !== undefined) return { ...(whole as object), [list]: items };
  return Array.isArray(whole) ? items : items[0];
}

/** The number of items goes with them, where an answer has one. */
function counted(whole: unknown, count: number): unknown {
  return typeof whole === "object" && whole !== null && "count" in whole ? { ...whole, count } : whole;
}

/** One text for each item: the first of some fields that it has. Of the whole item, because --fields may have taken it out. */
function texts(shown: readonly unknown[], items: readonly unknown[], paths: readonly string[]): string[] {
  return shown.flatMap((item, index) => {
    const found = paths.map((path) => valueAt(item, path) ?? valueAt(items[index], path)).find(Boolean);
    return found === undefined ? [] : [printable(String(found))];
  });
}

function plainTable(items: readonly unknown[], fields: readonly string[], paint: Paint, columns: number | undefined) {
  const titles = fields.map((field) => ({ text: titleOf(field), flexible: field.endsWith("name") }));
  const rows = items.map((item) => fields.map((field) => ({ text: printable(String(valueAt(item, field) ?? "")) })));
  return table(titles, rows, paint, columns);
}

async function printQuery({ output, host }: Context, document: unknown, query: string): Promise<void> {
  const { search } = await import("./query.ts");
  const found = await search(document, query);
  if (output.format === "yaml") host.out.write((await import("yaml")).stringify(found));
  else if (output.format === "json") host.out.write(`${JSON.stringify(found, null, 2)}\n`);
  else {
    // A text is printed as it is, so that a shell can use it.
    const lines = (Array.isArray(found) ? found : [found]).map((one) =>
      typeof one === "string" ? printable(one) : JSON.stringify(one),
    );
    host.out.write(lines.map((line) => `${line}\n`).join(""));
  }
}
