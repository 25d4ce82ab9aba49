import { readFileSync } from "node:fs";

/**
 * Reads files of certificates in PEM.
 *
 * @param source what messages call the option that names them.
 * @throws TypeError when one cannot be read, or holds none.
 */
export function readAuthorities(files: readonly string[], source: string): string[] {
  return files.map((file) => {
    let text: string;
    try {
      text = readFileSync(file, "utf8");
    } catch (cause) {
      const { code } = cause as { code?: string };
      const problem = code === "ENOENT" ? "does not exist" : `cannot be read (${code})`;
      throw new TypeError(`${source}: the file ${JSON.stringify(file)} ${problem}.`, { cause });
    }
    if (text.includes("-----BEGIN CERTIFICATE-----")) return text;
    throw new TypeError(
      `${source}: the file ${JSON.stringify(file)} holds no certificate in PEM ("-----BEGIN CERTIFICATE-----").`,
    );
  });
}
