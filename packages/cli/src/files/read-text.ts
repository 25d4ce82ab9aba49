import { UsageError } from "../arguments/usage-error.ts";
import type { Host } from "../program/host.ts";

/**
 * Reads a text file that a person has written, or standard input where `-` stands for it: UTF-8, with or without a byte order
 * mark. Every file that is named on the command line is read here.
 *
 * @param option how the file was named, such as `--from`; begins the message of an error.
 * @throws UsageError when it cannot be read, or is in another encoding.
 */
export async function readText(option: string, file: string, { input, locate }: Host): Promise<string> {
  const [{ readFile }, { buffer }, { decodeText }] = await Promise.all([
    import("node:fs/promises"),
    import("node:stream/consumers"),
    import("@workspace-aps/client/node"),
  ]);
  const fail = (problem: string): never => {
    throw new UsageError(`${option}: ${file} ${problem}.`);
  };
  const bytes = await (file === "-" ? buffer(input) : readFile(locate(file))).catch((error: NodeJS.ErrnoException) =>
    fail(problems[error.code ?? ""] ?? `cannot be read (${error.code})`),
  );
  try {
    return decodeText(bytes);
  } catch (error) {
    return fail((error as Error).message);
  }
}

/** What people call the usual ones. */
const problems: Readonly<Record<string, string>> = {
  ENOENT: "does not exist",
  EACCES: "may not be read by you",
  EISDIR: "is a folder",
};
