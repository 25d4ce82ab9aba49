import { readFileSync } from "node:fs";

/**
 * Reads a text file of a user, whichever program has written it: without the mark that some put before UTF-8.
 *
 * @throws Error with the system's `code` when it cannot be read.
 * @throws TypeError when it is not in UTF-8.
 */
export function readText(path: string): string {
  const bytes = readFileSync(path);
  const isUtf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (isUtf16) throw new TypeError("The file is in UTF-16; save it as UTF-8.");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new TypeError("The file is not in UTF-8; save it as UTF-8.");
  }
}
