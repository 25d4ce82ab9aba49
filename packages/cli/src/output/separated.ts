import { valueAt } from "./fields.ts";

/** Items as lines of values with commas (RFC 4180) or tabs between them, under a line with the names of the fields. */
export function separated(
  items: readonly unknown[],
  fields: readonly string[],
  format: "csv" | "tsv",
  headers: boolean,
): string[] {
  const [separator, cell] = format === "csv" ? ([",", csvCell] as const) : (["\t", tsvCell] as const);
  const rows = items.map((item) => fields.map((field) => cell(textOf(valueAt(item, field)))).join(separator));
  return headers ? [fields.join(separator), ...rows] : rows;
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function csvCell(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A line and its values stay what they are, whatever is in a text. */
function tsvCell(text: string): string {
  return text.replaceAll(/[\t\r\n]+/g, " ");
}
