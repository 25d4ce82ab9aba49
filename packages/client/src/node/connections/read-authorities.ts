import { readFileSync } from "node:fs";

/** Reads files of certificates in PEM. @throws TypeError when one cannot be read, or holds none. */
export function readAuthorities(files: readonly string[]): string[] {
  return files.map((file) => {
    let text: string;
    try {
      text = readFileSync(file, "utf8");
    } catch (cause) {
      const { code } = cause as { code?: string };
      throw new TypeError(`The file of certificates ${JSON.stringify(file)} cannot be read (${code}).`, { cause });
    }
    if (text.includes("-----BEGIN CERTIFICATE-----")) return text;
    throw new TypeError(
      `The file ${JSON.stringify(file)} holds no certificate in PEM ("-----BEGIN CERTIFICATE-----").`,
    );
  });
}
