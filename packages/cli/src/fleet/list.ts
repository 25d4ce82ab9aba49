import type { FleetImage } from "@workspace-aps/client";
import { parse as parseCsv } from "csv-parse/sync";
import { suggestion } from "../arguments/nearest.ts";
import { UsageError } from "../arguments/usage-error.ts";
import { readText } from "../files/read-text.ts";
import type { Host } from "../program/host.ts";

/** The columns of a list, by their names on the wire, and what the client calls them. */
const columns: Readonly<Record<string, keyof FleetImage>> = {
  server_id: "serverId",
  name: "name",
  description: "description",
  execute_sysprep: "executeSysprep",
};

/** The images of a list. */
export interface ImageList {
  readonly images: readonly FleetImage[];
  /** Where each of them stands, such as `line 3, image 2`. */
  readonly places: readonly string[];
}

/**
 * Reads the images to make from a CSV file with a line of titles, or from a JSON file with a list of objects. A list of image
 * servers, as `aps server list` prints it, is one too: each image is named after its server.
 *
 * @param file its name, or `-` for standard input.
 * @throws UsageError when the file cannot be read or is of another shape. What is in it is judged by the client.
 */
export async function readList(file: string, host: Host): Promise<ImageList> {
  const text = await readText("--from", file, host);
  const rows = /^\s*[[{]/.test(text) ? jsonRows(file, text) : csvRows(file, text);
  if (rows.length === 0) fail(file, "names no image");
  const fields = rows.some(({ values }) => "id" in values) ? await serverFields() : undefined;
  const places = rows.map(({ line }, index) => `line ${line}, image ${index + 1}`);
  return { images: rows.map(({ values }, index) => imageOf(file, values, places[index] ?? "", fields)), places };
}

/** The fields of an image server, by their names on the wire. */
async function serverFields(): Promise<ReadonlySet<string>> {
  const { catalogue } = await import("../generated/catalogue/server.ts");
  return new Set(catalogue.find(({ command }) => command?.operationId === "ListImageServers")?.command?.view.fields);
}

/** What a list has for one image. */
interface Row {
  readonly values: Readonly<Record<string, unknown>>;
  /** The line that it begins in, from 1. */
  readonly line: number;
}

function jsonRows(file: string, text: string): Row[] {
  let rows: unknown;
  try {
    rows = JSON.parse(text);
  } catch (error) {
    return fail(file, `is not JSON (${(error as Error).message})`);
  }
  const fits =
    Array.isArray(rows) && rows.every((row) => typeof row === "object" && row !== null && !Array.isArray(row));
  if (!fits) return fail(file, "must be a list of objects");
  const lines = linesOfItems(text);
  return (rows as Row["values"][]).map((values, index) => ({ values, line: lines[index] ?? 1 }));
}

/** The lines in which the items of a JSON list of objects begin. */
function linesOfItems(text: string): number[] {
  const lines: number[] = [];
  let [depth, line] = [0, 1];
  for (const [token] of text.matchAll(/"(?:\\.|[^"\\])*"|[[\]{}]|\r\n?|\n/g)) {
    if (/^[\r\n]/.test(token)) line++;
    else if (token === "]" || token === "}") depth--;
    else if (token === "[" || token === "{") {
      if (depth === 1) lines.push(line);
      depth++;
    }
  }
  return lines;
}

function csvRows(file: string, text: string): Row[] {
  const { delimiter, table, linesBefore } = tableOf(text.replaceAll(/\r\n?/g, "\n"));
  try {
    const rows: { record: Record<string, string>; info: { lines: number } }[] = parseCsv(table, {
      columns: (titles: string[]) => titlesOf(file, titles),
      delimiter,
      skip_empty_lines: true,
      // Rows that a spreadsheet has written because something stood there once.
      skip_records_with_empty_values: true,
      trim: true,
      info: true,
    });
    return rows.map(({ record, info }, index) => {
      const line = linesBefore + info.lines - Object.values(record).join().split("\n").length + 1;
      return { values: titled(file, record, `image ${index + 1}, line ${line}`), line };
    });
  } catch (error) {
    return fail(file, problemOf(error));
  }
}

/**
 * Spreadsheets of countries with a decimal comma separate by semicolons, and what is copied from one has tabs. Some say so in a
 * line before the titles.
 */
function tableOf(text: string): { delimiter: string; table: string; linesBefore: number } {
  const [line, said] = /^sep=([,;\t])[ \t]*\n/i.exec(text) ?? [];
  if (line !== undefined && said !== undefined)
    return { delimiter: said, table: text.slice(line.length), linesBefore: 1 };
  const [titles = ""] = text.split("\n", 1);
  return { delimiter: [",", ";", "\t"].find((one) => titles.includes(one)) ?? ",", table: text, linesBefore: 0 };
}

const untitled = "column ";

function titlesOf(file: string, given: readonly string[]): string[] {
  const titles = given.map((title, index) => (title === "" ? `${untitled}${index + 1}` : titleOf(title)));
  const twice = titles.find((title, index) => titles.indexOf(title) !== index);
  if (twice !== undefined) fail(file, `has the column ${JSON.stringify(twice)} twice`);
  if (!titles.some((title) => title === "id" || fieldOf(title) !== undefined))
    fail(file, `has no line of titles such as ${Object.keys(columns).join(",")}`);
  return titles;
}

/** A row without the columns that have neither a title nor a value. */
function titled(file: string, row: Record<string, string>, place: string): Row["values"] {
  const entries = Object.entries(row).filter(([title, value]) => !title.startsWith(untitled) || value !== "");
  const stray = entries.find(([title]) => title.startsWith(untitled));
  if (stray !== undefined) fail(file, `has a value without a title in ${stray[0]} of ${place}`);
  return Object.fromEntries(entries);
}

/** `Server ID` of a spreadsheet is `server_id`. */
function titleOf(title: string): string {
  return fieldOf(title) === undefined ? title.toLowerCase().replaceAll(/[ -]/g, "_") : title;
}

/** What the client calls a column, by its name on the wire or by the client's own. */
function fieldOf(title: string): keyof FleetImage | undefined {
  return columns[title] ?? Object.values(columns).find((name) => name === title);
}

function problemOf(error: unknown): string {
  if (error instanceof UsageError) throw error;
  const { code, lines, record, columns } = error as { code?: string; lines?: number; record?: []; columns?: [] };
  if (code !== "CSV_RECORD_INCONSISTENT_COLUMNS") return `is not CSV (${code}, line ${lines})`;
  return `has ${record?.length} of ${columns?.length} values in line ${lines}; a value with a comma needs quotes`;
}

/** @param serverFields of a list of image servers, whose `id` is what a request calls the server, and not their `server_id`. */
function imageOf(
  file: string,
  row: Row["values"],
  place: string,
  serverFields: ReadonlySet<string> | undefined,
): FleetImage {
  const image: Record<string, unknown> = {};
  for (const [title, value] of Object.entries(row)) {
    const own = serverFields !== undefined && title === "server_id" ? undefined : fieldOf(title);
    const known = serverFields !== undefined && title === "id" ? "serverId" : own;
    if (known === undefined && serverFields?.has(title)) continue;
    if (title === "enterprise_project_id")
      fail(file, `has the column ${title}, which the service reserves; leave it out`);
    if (known === undefined)
      fail(
        file,
        `has the column ${JSON.stringify(title)}, which is not known.${suggestion(title, Object.keys(columns))} Columns: ${Object.keys(columns).join(", ")}`,
      );
    if (typeof value === "number")
      fail(file, `has a number for ${title} in ${place}, which may lose digits; write it in quotes`);
    if (value === "" && known !== "serverId" && known !== "name") continue;
    image[known] = known === "executeSysprep" ? booleanOf(value) : value;
  }
  return { serverId: "", name: "", ...image } as FleetImage;
}

/** Text that is neither true nor false stays as it is, so that the client says what is wrong with it. */
function booleanOf(value: unknown): unknown {
  const text = String(value).trim().toLowerCase();
  return text === "true" ? true : text === "false" ? false : value;
}

function fail(file: string, problem: string): never {
  throw new UsageError(`--from: ${file} ${problem}.`);
}
