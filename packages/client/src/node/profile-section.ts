import { CredentialsError } from "../errors/credentials-error.ts";

/**
 * Reads one section of an INI file as the vendor's SDKs do: a key ends at the first `=` or `:`, in any case. Where their
 * parsers disagree, so that one SDK would send what another would not, the line is refused.
 *
 * @param where begins the message of an error: which file.
 * @returns the values by key in lower case; undefined when there is no such section.
 * @throws CredentialsError with the number of a line that is ambiguous. It shows no value.
 */
export function readSection(where: string, text: string, section: string): ReadonlyMap<string, string> | undefined {
  let values: Map<string, string> | undefined;
  let isHere = false;
  let keyIndent = -1;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    if (line === "" || /^[#;]/.test(line)) continue;
    const header = /^\[(.+)\]$/.exec(line);
    if (header !== null) {
      isHere = header[1]?.trim() === section;
      if (isHere) values ??= new Map();
      keyIndent = -1;
      continue;
    }
    if (!isHere || values === undefined) continue;
    const ambiguous = (what: string): never => {
      throw new CredentialsError(`${where}: line ${index + 1} ${what}. The vendor's SDKs disagree on what that means.`);
    };
    const indent = raw.length - raw.trimStart().length;
    // Python's parser takes a line that is indented more than the key before it for the rest of that key's value.
    if (keyIndent >= 0 && indent > keyIndent) ambiguous("is indented");
    keyIndent = indent;
    const [, key = "", value = ""] = /^([^=:]+?)\s*[=:]\s*(.*)$/.exec(line) ?? ambiguous("has neither = nor :");
    const name = key.toLowerCase();
    if (values.has(name)) ambiguous(`has ${name} a second time`);
    if (/\s[#;]/.test(value)) ambiguous("has a comment behind its value");
    if (/^["'`]|["'`]$/.test(value)) ambiguous("has a value in quotes");
    values.set(name, value);
  }
  return values;
}
