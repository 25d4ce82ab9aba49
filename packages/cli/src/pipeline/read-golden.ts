import { readFile } from "node:fs/promises";
import { Ajv, type ErrorObject } from "ajv";
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from "yaml";
import { UsageError } from "../arguments/usage-error.ts";
import { readText } from "../files/read-text.ts";
import type { Host } from "../program/host.ts";
import type { Golden } from "./golden.ts";
import { problemOf } from "./problem-of.ts";

const schemaFile = new URL("../../schemas/golden.schema.json", import.meta.url);

/**
 * Reads the file of a pipeline.
 *
 * @throws UsageError that names all that is wrong with it, each with its line and column.
 */
export async function readGolden(file: string, host: Host): Promise<Golden> {
  const text = await readText("<file>", file, host);
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter });
  const at = (offset: number, says: string) => {
    const { line, col } = counter.linePos(offset);
    return { line, col, says };
  };
  const found = document.errors.map(({ message, pos: [start] }) => at(start, firstLine(message)));
  if (found.length === 0) {
    const ajv = new Ajv({ allErrors: true, verbose: true, allowUnionTypes: true });
    const validate = ajv.compile<Golden>(JSON.parse(await readFile(schemaFile, "utf8")));
    const golden: unknown = document.toJS();
    if (validate(golden)) return golden;
    for (const error of validate.errors ?? []) found.push(at(offsetOf(document, error), problemOf(error)));
  }
  const lines = found
    .sort((a, b) => a.line - b.line || a.col - b.col)
    .map(({ line, col, says }) => `${file}:${line}:${col}: ${says}`);
  throw new UsageError([...new Set(lines), "Nothing was sent."].join("\n"));
}

/** The parser repeats below its message where it stands. */
function firstLine(message: string): string {
  const [line = ""] = message.split("\n");
  return `${line.replace(/ at line \d+, column \d+:?$/, "")}.`;
}

/** Where in the text something is wrong: at a key that is not known, else at the value, or what should hold it. */
function offsetOf(document: Document, { instancePath, keyword, params }: ErrorObject): number {
  const path = instancePath.split("/").slice(1).map(keyOf);
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  if (keyword === "additionalProperties" && isMap(node)) {
    const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === params.additionalProperty);
    if (isNode(pair?.key)) return pair.key.range?.[0] ?? 0;
  }
  return isNode(node) ? (node.range?.[0] ?? 0) : 0;
}

/** A part of a JSON pointer. */
function keyOf(part: string): string | number {
  return /^\d+$/.test(part) ? Number(part) : part.replaceAll("~1", "/").replaceAll("~0", "~");
}
