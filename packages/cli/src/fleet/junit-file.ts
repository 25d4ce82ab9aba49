import { access, constants, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { UsageError } from "../arguments/usage-error.ts";
import type { Context } from "../program/context.ts";

/**
 * Writes a summary where `--junit` asks for it.
 *
 * @param xml the summary as JUnit XML.
 * @param things what it is about, such as images.
 * @returns whether the file is there as it was asked for.
 */
export async function writeJunit(
  { given, host }: Pick<Context, "given" | "host">,
  xml: string,
  things: string,
): Promise<boolean> {
  const file = given.texts.get("junit")?.[0];
  if (file === undefined) return true;
  try {
    await writeFile(host.locate(file), xml);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    host.err.write(`aps: --junit: ${file} cannot be written (${code}). The ${things} are not affected.\n`);
    return false;
  }
}

/**
 * Finds out before an hour of work that its summary could not be written.
 *
 * @throws UsageError when it could not.
 */
export async function refuseJunit({ given, host }: Pick<Context, "given" | "host">): Promise<void> {
  const { locate } = host;
  const file = given.texts.get("junit")?.[0];
  if (file === undefined) return;
  const problem = await access(locate(file), constants.W_OK)
    .catch((error) => (error.code === "ENOENT" ? access(dirname(locate(file)), constants.W_OK) : Promise.reject(error)))
    .then(
      () => undefined,
      (error: NodeJS.ErrnoException) => error.code,
    );
  if (problem !== undefined) throw new UsageError(`--junit: ${file} cannot be written (${problem}). Nothing was sent.`);
}
