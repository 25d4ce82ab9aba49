import { access, constants, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { UsageError } from "../arguments/usage-error.ts";
import type { Host } from "../program/host.ts";
import { junit } from "./junit.ts";
import type { SummaryEntry } from "./summary.ts";

/** Writes the summary as JUnit XML. Resolves to whether the file is there as it was asked for. */
export async function writeJunit(
  file: string | undefined,
  entries: readonly SummaryEntry[],
  { err, locate }: Host,
): Promise<boolean> {
  if (file === undefined) return true;
  try {
    await writeFile(locate(file), junit(entries));
    return true;
  } catch (error) {
    err.write(
      `aps: --junit: ${file} cannot be written (${(error as NodeJS.ErrnoException).code}). The images are not affected.\n`,
    );
    return false;
  }
}

/**
 * Finds out before an hour of work that its summary could not be written.
 *
 * @throws UsageError when it could not.
 */
export async function refuseJunit(file: string | undefined, { locate }: Host): Promise<void> {
  if (file === undefined) return;
  const problem = await access(locate(file), constants.W_OK)
    .catch((error) => (error.code === "ENOENT" ? access(dirname(locate(file)), constants.W_OK) : Promise.reject(error)))
    .then(
      () => undefined,
      (error: NodeJS.ErrnoException) => error.code,
    );
  if (problem !== undefined) throw new UsageError(`--junit: ${file} cannot be written (${problem}). Nothing was sent.`);
}
