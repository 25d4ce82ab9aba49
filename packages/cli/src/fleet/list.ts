import { readFile } from "node:fs/promises";
import type { FleetImage } from "@workspace-aps/client";
import { parse as parseCsv } from "csv-parse/sync";
import { suggestion } from "../arguments/nearest.ts";
import { UsageError } from "../arguments/usage-error.ts";

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
 * @throws UsageError when the file cannot be read or is of another shape. What is in it is judged by the client.
 */
export async function readList(file: string): Promise<FleetImage[]> {
  const bytes = await readFile(file).catch(({ code }: NodeJS.ErrnoException) => fail(file, `cannot be read (${code})`));
  const text = decode(file, bytes);
  const rows = text.trimStart().startsWith("[") ? jsonRows(file, text) : csvRows(file, text);
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
  } catch {
    return fail(file, "is not JSON");
  }
  const fits =
    Array.isArray(rows) && rows.every((row) => typeof row === "object" && row !== null && !Array.isArray(row));
  return fits ? (rows as Row[]) : fail(file, "must be a list of objects");
}

function csvRows(file: string, text: string): Row[] {
  try {
    return parseCsv(text, {
      columns: (titles: string[]) => titles.map((title) => title.trim()),
      skip_empty_lines: true,
    });
  } catch (error) {
    return fail(file, `is not CSV (${(error as { code?: string }).code ?? "unreadable"})`);
  }
}

function imageOf(file: string, row: Row, number: number): FleetImage {
  const image: Record<string, unknown> = {};
  for (const [title, value] of Object.entries(row)) {
    const known = columns[title] ?? Object.values(columns).find((name) => name === title);
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
