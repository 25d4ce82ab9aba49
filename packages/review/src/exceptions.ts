import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Change } from "./change.ts";

/** A breaking or risky change that is let through, for a reason and for a time. */
export interface Exception {
  readonly file: string;
  /** The rule that judged the change. */
  readonly rule: string;
  /** Where the change is; the exception covers this pointer and everything below it. */
  readonly pointer: string;
  readonly reason: string;
  /** The last day on which it holds, as YYYY-MM-DD, in UTC. */
  readonly until: string;
}

const fields = ["rule", "pointer", "reason", "until"] as const;

/**
 * Reads the exceptions of a folder, one JSON file each.
 *
 * @throws Error that names the file, the field and what to write when one is malformed.
 */
export async function readExceptions(folder: string): Promise<Exception[]> {
  const files = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(".json")).sort();
  return Promise.all(files.map(async (file) => exceptionIn(file, await readFile(join(folder, file), "utf8"))));
}

function exceptionIn(file: string, text: string): Exception {
  const where = `spec/exceptions/${file}`;
  const given = parse(where, text);
  for (const field of fields) {
    if (typeof given[field] !== "string" || given[field].trim() === "") {
      throw new Error(`${where}: "${field}" must be a text; given was ${JSON.stringify(given[field]) ?? "nothing"}.`);
    }
  }
  const unknown = Object.keys(given).filter((name) => !(fields as readonly string[]).includes(name));
  if (unknown.length > 0) throw new Error(`${where}: "${unknown.join('", "')}" is no field of an exception.`);
  const { rule, pointer, reason, until } = given as Record<(typeof fields)[number], string>;
  if (!pointer.includes("#/")) {
    throw new Error(`${where}: "pointer" must be a JSON pointer as the report's JSON has it; given was "${pointer}".`);
  }
  if (!isDay(until)) {
    throw new Error(`${where}: "until" must be a day as YYYY-MM-DD; given was ${JSON.stringify(until)}.`);
  }
  return { file, rule, pointer, reason, until };
}

function parse(where: string, text: string): Readonly<Record<string, unknown>> {
  try {
    const value = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  } catch (error) {
    throw new Error(`${where} is no JSON: ${(error as Error).message}`);
  }
  throw new Error(`${where} must hold one JSON object.`);
}

function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** The exception that covers a change on a day, if there is one. */
export function exceptionFor(change: Change, exceptions: readonly Exception[], today: string): Exception | undefined {
  return exceptions.find((exception) => covers(exception, change) && today <= exception.until);
}

/** What is to be done about exceptions that let nothing through, one sentence each. */
export function idleExceptions(
  exceptions: readonly Exception[],
  changes: readonly Change[],
  today: string,
): readonly string[] {
  return exceptions.flatMap((exception) => {
    const where = `spec/exceptions/${exception.file}`;
    const isExpired = today > exception.until;
    const isOfUse = changes.some((change) => covers(exception, change));
    if (isExpired) {
      return [
        `${where} ended on ${exception.until}${isOfUse ? " and lets its change through no longer" : ""}. Remove it, or give it a later day.`,
      ];
    }
    return isOfUse ? [] : [`${where} covers no change against this base. Remove it once the change is released.`];
  });
}

function covers({ rule, pointer }: Exception, change: Change): boolean {
  return rule === change.rule && (change.pointer === pointer || change.pointer.startsWith(`${pointer}/`));
}
