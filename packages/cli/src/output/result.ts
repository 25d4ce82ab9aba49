import { variableOf } from "../arguments/option.ts";
import type { Given } from "../arguments/parse.ts";
import { notOne } from "../arguments/parse.ts";
import { UsageError } from "../arguments/usage-error.ts";
import { type Paint, paintFor, type Streams, widthOf } from "../terminal/streams.ts";

const formats = ["table", "json"] as const;

/** How results are printed. */
export type Format = (typeof formats)[number];

/** @throws UsageError when the environment names a format that does not exist. */
export function formatOf(given: Given, { environment }: Streams): Format {
  const text = given.texts.get("output")?.[0] ?? (environment[variableOf("output")] || "table");
  const format = formats.find((known) => known === text);
  if (format === undefined) throw new UsageError(notOne(variableOf("output"), text, formats));
  return format;
}

/** Prints the one JSON document of a run. */
export function printJson(streams: Streams, document: unknown): void {
  streams.out.write(`${JSON.stringify(document, null, 2)}\n`);
}

/** Prints lines for people, which are made with the colours and the width of the output. */
export function printLines(
  streams: Streams,
  make: (paint: Paint, columns: number | undefined) => readonly string[],
): void {
  const lines = make(paintFor(streams.out, streams.environment), widthOf(streams.out));
  if (lines.length > 0) streams.out.write(`${lines.join("\n")}\n`);
}
