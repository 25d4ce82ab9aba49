import { randomUUID } from "node:crypto";
import { chmod, mkdir, readFile, realpath, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { UsageError } from "../arguments/usage-error.ts";
import { type Profile, readProfiles } from "./config-file.ts";

const onlyOwner = 0o600;

/** Writes one profile into the configuration file, and leaves the others as they are. */
export async function writeProfile(path: string, name: string, values: Profile): Promise<void> {
  const profiles = { ...(await readProfiles(path)), [name]: values };
  const { stringify } = await import("smol-toml");
  await replace(path, `${stringify({ profiles })}`);
}

/** Writes an access key pair into a section of the credentials file, and leaves every other line as it is. */
export async function writeKeys(
  path: string,
  section: string,
  { accessKeyId, secretAccessKey }: { readonly accessKeyId: string; readonly secretAccessKey: string },
): Promise<void> {
  const before = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return "";
    throw new UsageError(`${path} cannot be read (${error.code}).`);
  });
  await replace(path, withKeys(before, section, [`ak = ${accessKeyId}`, `sk = ${secretAccessKey}`]));
}

/** The text of a credentials file with other keys in one of its sections. */
function withKeys(text: string, section: string, keys: readonly string[]): string {
  const lines = text === "" ? [] : text.replace(/\r?\n$/, "").split(/\r?\n/);
  const sectionIn = (line: string) => /^\s*\[(.+)\]\s*$/.exec(line)?.[1]?.trim();
  const start = lines.findIndex((line) => sectionIn(line) === section);
  if (start === -1) return `${[...lines, ...(lines.length > 0 ? [""] : []), `[${section}]`, ...keys].join("\n")}\n`;
  const next = lines.findIndex((line, index) => index > start && sectionIn(line) !== undefined);
  const end = next === -1 ? lines.length : next;
  const kept = lines.slice(start + 1, end).filter((line) => !/^\s*(ak|sk|security_token)\s*=/.test(line));
  return `${[...lines.slice(0, start + 1), ...keys, ...kept, ...lines.slice(end)].join("\n")}\n`;
}

/** Writes a file as a whole: nobody ever reads half of it, and nobody but its owner reads it at all. */
async function replace(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  // A link to a file that is kept elsewhere stays a link.
  const target = await realpath(path).catch(() => path);
  const aside = `${target}.${randomUUID()}`;
  try {
    await writeFile(aside, text, { mode: onlyOwner });
    await chmod(aside, onlyOwner);
    await rename(aside, target);
  } catch (error) {
    await rm(aside, { force: true });
    throw new UsageError(`${path} cannot be written (${(error as NodeJS.ErrnoException).code}).`);
  }
}
