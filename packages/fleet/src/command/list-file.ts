import { readFile } from "node:fs/promises";
import { decodeText } from "@workspace-aps/client/node";
import { UsageError } from "./usage-error.ts";

/** A list that is read from a file. */
export interface ListFile {
  readonly text: string;
  /** @throws UsageError always: the file, and the problem with it as the end of a sentence. */
  readonly fail: (problem: string) => never;
}

/** @throws UsageError when the file cannot be read as text. */
export async function openList(file: string): Promise<ListFile> {
  const fail = (problem: string): never => {
    throw new UsageError(`${file} ${problem}.`);
  };
  const bytes = await readFile(file).catch(({ code }: NodeJS.ErrnoException) => fail(`cannot be read (${code})`));
  try {
    return { text: decodeText(bytes), fail };
  } catch (error) {
    return fail((error as Error).message);
  }
}

/**
 * An entry of a list, or a part of one, as an object.
 *
 * @param subject what it is, for an error: `image 3`.
 * @throws UsageError when it is none.
 */
export function objectOf(value: unknown, subject: string, fail: ListFile["fail"]): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  return fail(`has ${JSON.stringify(value)} where ${subject} is to stand, and that is no object`);
}
