import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Change } from "./change.ts";

/** A breaking change that is let through, for a reason and for a time. */
export interface Exception {
  readonly file: string;
  /** The rule that judged the change. */
  readonly rule: string;
  /** Where the change is; the exception covers this pointer and everything below it. */
  readonly pointer: string;
  readonly reason: string;
  /** The last day on which it holds, as YYYY-MM-DD. */
  readonly until: string;
}

/**
 * Reads the exceptions of a folder, one JSON file each.
 *
 * @throws Error that names the file and the field when one is incomplete.
 */
export async function readExceptions(folder: string): Promise<Exception[]> {
  const files = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".json"));
  return Promise.all(
    files.map(async (file) => {
      const exception = { ...JSON.parse(await readFile(join(folder, file), "utf8")), file } as Exception;
      for (const field of ["rule", "pointer", "reason", "until"] as const) {
        if (!exception[field]) throw new Error(`${file}: "${field}" is missing.`);
      }
      if (!/^\d{4}-\d\d-\d\d$/.test(exception.until)) {
        throw new Error(`${file}: "until" must be a day as YYYY-MM-DD; given was ${JSON.stringify(exception.until)}.`);
      }
      return exception;
    }),
  );
}

/** The exception that covers a change on a day, if there is one. */
export function exceptionFor(change: Change, exceptions: readonly Exception[], today: string): Exception | undefined {
  return exceptions.find(
    ({ rule, pointer, until }) =>
      rule === change.rule &&
      (change.pointer === pointer || change.pointer.startsWith(`${pointer}/`)) &&
      today <= until,
  );
}
