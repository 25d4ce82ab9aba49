import type { Command } from "../command.ts";
import type { Context } from "../program/context.ts";
import { partNote } from "./part-note.ts";
import type { Result } from "./print.ts";
import { viewLines } from "./view.ts";

/** The answer of an operation in every form. */
export function resultOf({ output }: Context, { view }: Pick<Command, "view">, answer: unknown): Result {
  const { fields, wide, headers } = output;
  return {
    document: answer ?? {},
    ...(view.list === undefined ? {} : { list: view.list }),
    columns: wide ? view.fields : view.columns.filter(({ kind }) => kind !== "took").map(({ at }) => at.join(".")),
    note: view.list === undefined ? undefined : partNote(answer),
    lines: ({ document, paint, columns }) => viewLines(view, document, paint, columns, { fields, wide, headers }),
  };
}
