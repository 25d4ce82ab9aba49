/** Keywords of schemas and fields of OpenAPI that are said to people only. They never decide what is sent or answered. */
const words = new Set([
  "title",
  "summary",
  "description",
  "example",
  "examples",
  "externalDocs",
  "$comment",
  "$defs",
  "definitions",
  "$id",
  "$schema",
  "$anchor",
  "$vocabulary",
  "x-aps-unbounded",
  "x-aps-unpaged",
  "x-aps-quirks",
  "x-aps-source",
  "x-displayName",
]);

/** Whether a keyword or a field is said to people only. */
export function isWord(key: string): boolean {
  return words.has(key);
}
