import { readFile } from "node:fs/promises";
import { buffer as readAll } from "node:stream/consumers";
import type { FleetImage } from "@workspace-aps/client";
import { parse as parseCsv } from "csv-parse/sync";
import { suggestion } from "../arguments/nearest.ts";
import { UsageError } from "../arguments/usage-error.ts";
import type { Host } from "../program/host.ts";

/** The columns of a list, by their names on the wire, and what the client calls them. */
const columns: Readonly<Record<string, keyof FleetImage>> = {
  server_id: "serverId",
  name: "name",
  description: "description",
  execute_sysprep: "executeSysprep",
};

/**
 * Reads the images to make from a CSV file with a line of titles, or from a JSON file with a list of objects.
 *
 * @param file its name, or `-` for standard input.
 * @throws UsageError when the file cannot be read or is of another shape. What is in it is judged by the client.
 */
export async function readList(file: string, { input, locate }: Host): Promise<FleetImage[]> {
  const bytes = await (file === "-" ? readAll(input) : readFile(locate(file))).catch((error: NodeJS.ErrnoException) =>
    fail(file, `cannot be read (${error.code})`),
  );
  const text = decode(file, bytes);
  const rows = /^\s*[[{]/.test(text) ? jsonRows(file, text) : csvRows(file, text);
  if (rows.length === 0) fail(file, "names no image");
  return rows.map((row, index) => imageOf(file, row, index + 1));
}

function decode(file: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return fail(file, "is not UTF-8 text; a spreadsheet offers it as CSV UTF-8");
  }
}

type Row = Readonly<Record<string, unknown>>;

function jsonRows(file: string, text: string): Row[] {
  let rows: unknown;
  try {
    rows = JSON.parse(text);
  } catch (error) {
    return fail(file, `is not JSON (${(error as Error).message})`);
  }
  const fits =
    Array.isArray(rows) && rows.every((row) => typeof row === "object" && row !== null && !Array.isArray(row));
  return fits ? (rows as Row[]) : fail(file, "must be a list of objects");
}

function csvRows(file: string, text: string): Row[] {
  try {
    return parseCsv(text, {
      columns: (titles: string[]) => titlesOf(file, titles),
      delimiter: delimiterOf(text),
      skip_empty_lines: true,
      trim: true,
    });
  } catch (error) {
    return fail(file, problemOf(error));
  }
}

/** Spreadsheets of countries with a decimal comma separate by semicolons, and what is copied from one has tabs. */
function delimiterOf(text: string): string {
  const [titles = ""] = text.split("\n", 1);
  return [",", ";", "\t"].find((delimiter) => titles.includes(delimiter)) ?? ",";
}

function titlesOf(file: string, given: readonly string[]): string[] {
  const titles = given.map(titleOf);
  const twice = titles.find((title, index) => titles.indexOf(title) !== index);
  if (twice !== undefined) fail(file, `has the column ${JSON.stringify(twice)} twice`);
  if (!titles.some((title) => fieldOf(title) !== undefined))
    fail(file, `has no line of titles such as ${Object.keys(columns).join(",")}`);
  return titles;
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

function imageOf(file: string, row: Row, number: number): FleetImage {
  const image: Record<string, unknown> = {};
  for (const [title, value] of Object.entries(row)) {
    const known = fieldOf(title);
    if (known === undefined)
      fail(
        file,
        `has the column ${JSON.stringify(title)}, which is not known.${suggestion(title, Object.keys(columns))} Columns: ${Object.keys(columns).join(", ")}`,
      );
    if (typeof value === "number")
      fail(file, `image ${number}: ${title} is a number, which may lose digits; write it in quotes`);
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
  throw new UsageError(`--from: ${file} ${problem}.`, "image create");
}
