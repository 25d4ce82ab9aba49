import { parse } from "csv-parse/sync";
import type { FleetRunImage } from "../images/image.ts";
import { objectOf, openList } from "./list-file.ts";

/** The columns of a list, by their names on the wire, and what the library calls them. */
const columns: Readonly<Record<string, keyof FleetRunImage>> = {
  account: "account",
  region: "region",
  project_id: "projectId",
  server_id: "serverId",
  name: "name",
  description: "description",
  execute_sysprep: "executeSysprep",
};
const needed = ["region", "project_id", "server_id", "name"];

/**
 * Reads the images of a run from a CSV file with a line of titles, or from a JSON file with a list of objects.
 *
 * @throws UsageError when the file cannot be read or is of another shape. What is in it is judged by the fleet.
 */
export async function readImages(file: string): Promise<FleetRunImage[]> {
  const { text, fail } = await openList(file);
  let rows: unknown[];
  try {
    rows = /^\s*\[/.test(text)
      ? JSON.parse(text)
      : parse(text, { columns: true, skip_empty_lines: true, skip_records_with_empty_values: true, trim: true });
  } catch (error) {
    return fail(`cannot be read: ${(error as Error).message}`);
  }
  return rows.map((given, index) => {
    const subject = `image ${index + 1}`;
    const row = objectOf(given, subject, fail);
    const unknown = Object.keys(row).find((title) => columns[title] === undefined);
    if (unknown !== undefined)
      fail(`has the column ${unknown}, which is not known. Columns: ${Object.keys(columns).join(", ")}`);
    const missing = needed.find((title) => !row[title]);
    if (missing !== undefined) fail(`has no ${missing} for ${subject}`);
    return imageOf(row);
  });
}

function imageOf(row: Readonly<Record<string, unknown>>): FleetRunImage {
  const entries = Object.entries(row)
    .filter(([, value]) => value !== "" && value !== null)
    .map(([title, value]) => [columns[title], title === "execute_sysprep" ? booleanOf(value) : value]);
  return Object.fromEntries(entries);
}

/** Text that is neither true nor false stays as it is, so that the fleet says what is wrong with it. */
function booleanOf(value: unknown): unknown {
  const text = String(value).trim().toLowerCase();
  return text === "true" ? true : text === "false" ? false : value;
}
