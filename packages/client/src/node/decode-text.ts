/**
 * Reads the bytes of a text file that a person has written: UTF-8, with or without the byte order mark that some editors
 * write at its start.
 *
 * @throws TypeError that says in which encoding the file seems to be, and what to do; it completes "The file ..".
 */
export function decodeText(bytes: Uint8Array): string {
  const [first, second] = bytes;
  const isUtf16 =
    (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff) || first === 0 || second === 0;
  if (isUtf16 && bytes.length > 1) throw new TypeError("is UTF-16 text. Save it as UTF-8");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new TypeError('is not UTF-8 text. Save it as UTF-8, which a spreadsheet offers as "CSV UTF-8"');
  }
}
